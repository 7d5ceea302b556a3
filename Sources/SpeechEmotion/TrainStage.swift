import Checkpoints
import Evaluation
import FeatureStore
import Foundation
import Pipeline

/// Stage kind `train`: expands a grid into cells and trains one head for each cell and fold.
///
///     heads:
///       kind: train
///       needs: embeddings
///       protocol: emobox-6fold          # a list anywhere here is an axis of the grid
///       layer: 12
///       standardize: none               # none, train or speaker
///       head: {hidden: 256, dropout: 0.3}
///       optimizer: {kind: adamw, learningRate: 1e-4, weightDecay: 0.01}
///       schedule: linear                # constant, linear, cosine or plateau
///       batch: 16
///       epochs: 10
///       earlyStopping: {monitor: loss, patience: 3, validation: {speakers: 2}}
///       seed: 0
final class TrainStage: StageWork {
    let name: String
    let embedStage: EmbedStage
    let cells: [TrainingCell]
    private let scene: Scene
    private var planned: (clips: Digest, trainings: [FoldTraining])?

    let resultVersion = 1
    let canonicalParameters: CanonicalValue

    init(_ declaration: StageDeclaration, embedStage: EmbedStage, scene: Scene) throws {
        name = declaration.name
        self.embedStage = embedStage
        self.scene = scene
        let grid = try ParameterGrid(expanding: declaration.parameters, lists: ["head.hidden": .axisOfLists])
        cells = try grid.points.map { try TrainingCell($0.parameters.reader()) }
        let ids = Dictionary(grouping: cells, by: \.id)
        if let repeated = cells.first(where: { (ids[$0.id]?.count ?? 0) > 1 }) {
            throw StageError.repeatedCell(stage: declaration.name, cell: repeated.id)
        }
        canonicalParameters = .list(cells.map { .text($0.digest.description) })
    }

    /// The classes of the corpus in label order.
    var classes: [String] {
        get throws { try embedStage.corpusStage.corpus().classes }
    }

    /// Every head of the grid, cells in grid order, folds in their protocol's; leaks stop here.
    func trainings() throws -> [FoldTraining] {
        let clips = try labelledClips()
        let digest = Digest.of(clips.flatMap { [$0.path, $0.content, $0.speaker, "\($0.label)"] })
        if let planned, planned.clips == digest { return planned.trainings }
        let trainings = try plan(clips)
        planned = (digest, trainings)
        return trainings
    }

    /// The clips as protocols see them, in corpus order.
    func labelledClips() throws -> [LabelledClip] {
        try embedStage.usableClips().map(LabelledClip.init)
    }

    /// Where a training's head is saved.
    func headFile(of training: FoldTraining) -> URL {
        scene.project.heads(of: scene.pipeline).appendingPathComponent(training.fileName)
    }

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
        let missing = try missing(of: trainings).count
        guard missing == 0 else {
            return .stale(reason: "\(trainings.count - missing) of \(trainings.count) heads trained")
        }
        return .fresh(detail: summary(of: trainings))
    }

    func run(_ context: RunContext) throws -> StageOutcome {
        let trainings = try trainings()
        let pending = context.isForced ? trainings : try missing(of: trainings)
        let run = TrainingRun(
            classes: try classes, tables: try featureTables(for: pending), store: scene.project.store,
            folder: scene.project.heads(of: scene.pipeline), pipeline: scene.pipeline,
            embeddings: try embedStage.cache())
        try run.train(pending, jobs: context.jobs, console: scene.options.console)
        let folder = scene.project.heads(of: scene.pipeline).relativePath
        return StageOutcome("\(summary(of: trainings)), saved under \(folder)")
    }
}

extension TrainStage {
    private func plan(_ clips: [LabelledClip]) throws -> [FoldTraining] {
        guard !clips.isEmpty else {
            throw CorpusError.nothingUsable(root: try embedStage.corpusStage.corpus().root.relativePath)
        }
        try LeakGuard.checkRecordings(of: clips)
        let (classes, recipe) = (try classes, try embedStage.cache().recipe)
        return try cells.flatMap { cell in
            let folds = try cell.splitProtocol.folds(of: clips, validation: cell.validation, seed: cell.splitSeed)
            return try folds.map { fold in
                try LeakGuard.check(
                    fold, clips: clips, validation: cell.validation, allowSpeakerOverlap: cell.allowSpeakerOverlap)
                return FoldTraining(cell: cell, fold: fold, clips: clips, classes: classes, recipe: recipe)
            }
        }
    }

    private func summary(of trainings: [FoldTraining]) -> String {
        "\(trainings.count) \(trainings.count == 1 ? "head" : "heads") in \(cells.count) \(cells.count == 1 ? "cell" : "cells")"
    }

    private func checkLayers() throws {
        let count = try embedStage.cache().source.stateCount
        if let absent = cells.map(\.layer).first(where: { $0 >= count }) {
            throw StageError.layerAbsent(layer: absent, count: count, stage: name)
        }
    }

    /// The trainings whose results the store lacks or whose head is not on disk.
    private func missing(of trainings: [FoldTraining]) throws -> [FoldTraining] {
        let stored = try scene.project.store.trainedKeys(trainings.map(\.key))
        return trainings.filter { !stored.contains($0.key) || !isSaved($0) }
    }

    private func isSaved(_ training: FoldTraining) -> Bool {
        (try? Checkpoint.metadata(of: headFile(of: training)))?["key"] == training.key.description
    }

    private func featureTables(for trainings: [FoldTraining]) throws -> [FeatureTable.Name: FeatureTable] {
        let names = Set(trainings.map { FeatureTable.Name($0.cell) })
        let raw = try rawTables(layers: Set(names.map(\.layer)).sorted())
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                raw[name.layer].map { (name, name.isBySpeaker ? $0.standardizedBySpeaker() : $0) }
            })
    }

    private func rawTables(layers: [Int]) throws -> [Int: FeatureTable] {
        let clips = try embedStage.usableClips()
        let labelled = try labelledClips()
        let cache = try embedStage.cache()
        let width = cache.source.configuration.hiddenSize
        let values = try cache.embeddings(of: clips, layers: layers, options: scene.options)
        return Dictionary(
            uniqueKeysWithValues: layers.enumerated().map { position, layer in
                let rows = clips.flatMap { clip in values[clip.digest]?[position * width..<(position + 1) * width] ?? []
                }
                return (layer, FeatureTable(clips: labelled, digests: clips.map(\.digest), width: width, values: rows))
            })
    }
}
