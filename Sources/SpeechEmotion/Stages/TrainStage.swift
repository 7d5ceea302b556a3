import Evaluation
import FeatureStore
import Foundation
import Pipeline
import Reports

/// Stage kind `train`: expands a grid into cells and trains one head for each cell and fold.
///
///     heads:
///       kind: train
///       needs: embeddings               # several embed stages of one corpus are an axis too
///       protocol: emobox-6fold          # a list anywhere here is an axis of the grid
///       split: {k: 5, testFraction: 0.2, seed: 0}
///       labels: ravdess-8               # or {merge: {calm: neutral}, keep: [neutral, happy]}
///       layer: 12                       # or {concatenate: [3, 6]}, {average: all}, {weightedSum: all}
///       standardize: none               # none, train or speaker
///       head: {hidden: 256, dropout: 0.3}
///       loss: {labelSmoothing: 0, classWeights: none}
///       optimizer: {kind: adamw, learningRate: 1e-4, weightDecay: 0.01}
///       schedule: linear                # constant, linear, cosine or plateau
///       batch: 16
///       epochs: 10
///       earlyStopping: {monitor: loss, patience: 3, validation: {speakers: 2}}
///       seed: 0
///       saveHeads: true
final class TrainStage: StageWork {
    let name: String
    /// The stages whose embeddings heads are trained on; one without its encoder gives no cells.
    let embedStages: [EmbedStage]
    private let grid: TrainGrid
    private let scene: Scene
    private var identified: (encoders: [String], cells: [TrainingCell])?
    private var planned: (clips: Digest, trainings: [FoldTraining])?

    let resultVersion = 2
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, embedStages: [EmbedStage], scene: Scene) throws {
        name = declaration.name
        self.embedStages = embedStages
        self.scene = scene
        grid = try TrainGrid(declaration, labels: embedStages[0].corpusStage.labels, jobs: scene.options.jobs)
        canonicalParameters = .list(grid.cells.map { .text($0.parameters.description) })
    }

    /// The embed stage that a command works with where it takes one.
    var embedStage: EmbedStage { embedStages[0] }

    /// The points of the grid, those of the first encoder first.
    var cells: [TrainingCell] {
        let encoders = embedStages.filter { !$0.isLeftOut }.map(\.name)
        if let identified, identified.encoders == encoders { return identified.cells }
        let cells = embedStages.count > 1 ? grid.cells(onEachOf: encoders) : grid.cells
        identified = (encoders, cells)
        return cells
    }

    /// The names of the grid's axes, those that only some cells have included.
    var axes: [String] { grid.axes + (embedStages.count > 1 ? ["encoder"] : []) }

    /// Every head of the grid, cells in grid order, folds in their protocol's; leaks stop here.
    func trainings() throws -> [FoldTraining] {
        let clips = try labelledClips()
        let digest = Digest.of(
            clips.flatMap { [$0.path, $0.content, $0.speaker, "\($0.label)"] } + embedStages.map { "\($0.isLeftOut)" })
        if let planned, planned.clips == digest { return planned.trainings }
        let trainings = try plan(clips)
        planned = (digest, trainings)
        return trainings
    }

    /// The clips that every encoder could embed, in corpus order.
    func usableClips() throws -> [CorpusClip] {
        let stages = embedStages.filter { !$0.isLeftOut }
        return try stages.dropFirst().reduce(try stages.first?.usableClips() ?? []) { clips, stage in
            let usable = Set(try stage.usableClips().map(\.path))
            return clips.filter { usable.contains($0.path) }
        }
    }

    /// The clips as protocols see them, in corpus order.
    func labelledClips() throws -> [LabelledClip] { try usableClips().map(LabelledClip.init) }

    /// Everything that was left out, with reasons, by path.
    func excluded() throws -> [CorpusProblem] {
        let all = try embedStages.filter { !$0.isLeftOut }.flatMap { try $0.excluded() }
        return Set(all).sorted { ($0.path, $0.reason) < ($1.path, $1.reason) }
    }

    /// The embed stage that made what a cell sees.
    func embedStage(of cell: TrainingCell) -> EmbedStage {
        embedStages.first { $0.name == cell.encoderName } ?? embedStage
    }

    /// Where a training's head is saved.
    func headFile(of training: FoldTraining) -> URL { shelf.file(of: training) }

    private var shelf: HeadShelf {
        HeadShelf(
            pipeline: scene.pipeline, folder: scene.project.heads(of: scene.pipeline), cache: scene.project.cache)
    }

    /// The trainings that came to nothing, which reports leave out with their cells.
    func divergences() throws -> [Divergence] { try scene.project.store.divergences(among: try trainings()) }

    /// What can be known to be wrong before anything is embedded; a corpus with problems tells of those first.
    func checkBeforeEmbedding() throws {
        guard try embedStage.corpusStage.corpus().problems.isEmpty else { return }
        try checkLayers()
        _ = try trainings()
    }

    func externalInputs() throws -> [String] { try trainings().map(\.key.description) }

    func state(for key: StageKey) throws -> StageState {
        let trainings = try trainings()
        try checkLayers()
        let missing = try missing(of: trainings)
        guard !missing.isEmpty else { return .fresh(detail: summary(of: trainings)) }
        let diverged = try scene.project.store.divergences(among: missing)
        guard diverged.count == missing.count, scene.options.keepGoing else {
            let note = diverged.isEmpty ? "" : "; \(counted(diverged.count, "head")) diverged"
            return .stale(reason: progress(of: trainings, missing: missing) + note)
        }
        try checkThatSomeAreLeft(diverged)
        return .fresh(detail: summary(of: trainings, without: diverged))
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let trainings = try trainings()
        let diverged = try train(
            try pending(of: trainings, context), jobs: context.jobs, isForced: context.isForced)
        guard diverged.isEmpty || context.keepGoing else {
            throw StageError.diverged(stage: name, heads: diverged.map(\.line), isAll: false)
        }
        let left = try divergences()
        try checkThatSomeAreLeft(left)
        let folder = shelf.folder.relativePath
        let saved = trainings.contains(where: \.cell.savesHeads) ? ", saved under \(folder)" : ""
        return StageOutcome("\(summary(of: trainings, without: left))\(saved)")
    }

    private func pending(of trainings: [FoldTraining], _ context: RunContext) throws -> [FoldTraining] {
        context.isForced ? trainings : try pending(of: trainings, leavingDiverged: context.keepGoing)
    }

    /// The trainings that are left to do; a run that goes on without heads that diverged does not try them again.
    func pending(of trainings: [FoldTraining], leavingDiverged: Bool) throws -> [FoldTraining] {
        let missing = try missing(of: trainings)
        guard leavingDiverged else { return missing }
        let diverged = Set(try scene.project.store.divergences(among: missing).map(\.key))
        return missing.filter { !diverged.contains($0.key) }
    }

    /// Trains some of the heads, saves them, stores their results and returns those that diverged.
    @discardableResult
    func train(_ pending: [FoldTraining], jobs: Int, isForced: Bool = false) throws -> [Divergence] {
        let reader = FeatureReader(
            clips: try usableClips(), embeddings: try embeddings(), options: scene.options)
        let run = TrainingRun(
            tables: FeatureTables(neededBy: pending.map(\.table), read: reader.table), store: scene.project.store,
            shelf: shelf, embeddings: reader.embeddings, isForced: isForced)
        return try run.train(pending, jobs: jobs, console: scene.options.console)
    }

    private func checkThatSomeAreLeft(_ diverged: [Divergence]) throws {
        guard Set(diverged.map(\.cell)).count < cells.count else {
            throw StageError.diverged(stage: name, heads: diverged.map(\.line), isAll: true)
        }
    }
}

extension TrainStage {
    private func plan(_ clips: [LabelledClip]) throws -> [FoldTraining] {
        guard !clips.isEmpty else {
            throw CorpusError.nothingUsable(root: try embedStage.corpusStage.corpus().place)
        }
        try LeakGuard.checkRecordings(of: clips)
        let recipes = try embeddings().mapValues(\.recipe.digest)
        let unusable = Set(try excluded().map(\.path))
        var divisions: [DivisionRequest: Division] = [:]
        return try cells.flatMap { cell in
            let division = try divisions[cell.division] ?? Division(cell.division, of: clips, unusable: unusable)
            divisions[cell.division] = division
            let encoder = embedStage(of: cell).name
            guard let recipe = recipes[encoder] else {
                preconditionFailure("expected a recipe for \(encoder), found none")
            }
            return division.folds.indices.map { index in
                FoldTraining(cell: cell, division: division, index: index, encoder: encoder, recipe: recipe)
            }
        }
    }

    /// The embeddings of every embed stage that is not left out, by its name.
    private func embeddings() throws -> [String: EmbeddingCache] {
        Dictionary(
            uniqueKeysWithValues: try embedStages.filter { !$0.isLeftOut }.map { ($0.name, try $0.cache()) })
    }

    private func summary(of trainings: [FoldTraining], without diverged: [Divergence] = []) -> String {
        let left = Set(diverged.map(\.cell)).count
        let leftOut =
            left == 0 ? "" : "; \(counted(left, "cell")) left out, where \(counted(diverged.count, "head")) diverged"
        return "\(counted(trainings.count - diverged.count, "head")) in \(counted(cells.count, "cell"))\(leftOut)"
    }

    /// How far a grid has come: heads, and cells done, begun and new.
    private func progress(of trainings: [FoldTraining], missing: [FoldTraining]) -> String {
        let done = "\(trainings.count - missing.count) of \(trainings.count) heads trained"
        guard cells.count > 1 else { return done }
        let wanted = Dictionary(grouping: trainings, by: \.cell.id).mapValues(\.count)
        let lacking = Dictionary(grouping: missing, by: \.cell.id).mapValues(\.count)
        let new = lacking.count { wanted[$0.key] == $0.value }
        return "\(done); \(counted(wanted.count, "cell")): \(wanted.count - lacking.count) done, "
            + "\(lacking.count - new) begun, \(new) new"
    }

    private func checkLayers() throws {
        for stage in embedStages where !stage.isLeftOut {
            let count = try stage.cache().source.stateCount
            let layers = grid.cells.flatMap { $0.features.layers(of: count) }
            if let absent = layers.first(where: { $0 >= count }) {
                throw StageError.layerAbsent(layer: absent, count: count, stage: name)
            }
        }
    }

    /// The trainings whose results the store lacks or whose head should be on disk and is not.
    private func missing(of trainings: [FoldTraining]) throws -> [FoldTraining] {
        let stored = try scene.project.store.trainedKeys(trainings.map(\.key))
        return trainings.filter { !stored.contains($0.key) || ($0.cell.savesHeads && !shelf.holds($0)) }
    }
}
