import Evaluation
import FeatureStore
import Reports

/// The cells of a grid that has been trained, and what each gave, read from the store when it is asked for.
struct TrainedCells {
    let stage: TrainStage
    /// In corpus order; folds index into it.
    let clips: [LabelledClip]
    /// The trainings of each cell: cells in grid order, folds in their protocol's.
    ///
    /// Cells where a head diverged are not there.
    let cells: [[FoldTraining]]
    /// The contents of the clips, in their order.
    private let digests: [Digest]
    private let scene: Scene
    private let labels: ReportLabels

    /// - Parameter labels: which classes are counted as one; none unless said.
    init(_ stage: TrainStage, scene: Scene, labels: ReportLabels = ReportLabels()) throws {
        self.labels = labels
        self.stage = stage
        self.scene = scene
        let usable = try stage.usableClips()
        (clips, digests) = (usable.map(LabelledClip.init), usable.map(\.digest))
        let trainings = Dictionary(grouping: try stage.trainings(), by: \.cell.id)
        let diverged = Set(try stage.divergences().map(\.cell))
        cells = stage.cells.filter { !diverged.contains($0.id) }.compactMap { trainings[$0.id] }
    }

    /// The cells as reports know them.
    func reportCells() throws -> [ReportCell] { try cells.map { try reportCell(of: $0[0]) } }

    private func reportCell(of training: FoldTraining) throws -> ReportCell {
        let cell = training.cell
        let labels = try labels(of: cell)
        return ReportCell(
            id: cell.id, split: training.division.split, isTransductive: cell.standardize == .speaker,
            classes: labels.classes, labels: labels.words(after: training.division.labelWords),
            isMergedLater: labels.isMerging,
            corpus: try stage.embedStage.corpusStage.corpus().digest.description,
            recipe: try stage.embedStage(of: cell).cache().recipe.digest.description,
            encoder: cell.encoderName ?? "", layer: cell.features.words, layers: try layers(of: cell),
            isSingleLayer: cell.features.isSingleLayer, head: cell.headSummary, seed: cell.recipe.seed,
            axes: cell.reportAxes)
    }

    private func labels(of cell: TrainingCell) throws -> Relabelling {
        try labels.relabelling(of: cell.division.labels.classes)
    }

    /// The numbers of the layers that a cell's head is given.
    private func layers(of cell: TrainingCell) throws -> [Int] {
        cell.features.layers(of: try stage.embedStage(of: cell).cache().source.stateCount)
    }
}

extension TrainedCells {
    /// What a training gave.
    ///
    /// - throws: ``StageError/notRun(pipeline:stage:reason:)`` for one that the store does not keep.
    func fold(_ training: FoldTraining) throws -> ReportFold {
        let stored = try stored(training)
        let labels = try labels(of: training.cell)
        let predictions = zip(training.fold.test, stored.predictions).map { clip, prediction in
            ReportPrediction(
                clip: clips[clip].path, speaker: clips[clip].speaker, label: labels.label(of: prediction.label),
                probabilities: labels.probabilities(prediction.probabilities))
        }
        return ReportFold(
            name: training.fold.name, bestEpoch: stored.bestEpoch, predictions: predictions,
            validation: validation(stored, labels: labels),
            history: stored.history.map(ReportEpoch.init), layerWeights: stored.layerWeights)
    }

    /// What the store holds of a training; one that is damaged, or not of its cell and fold, is told and trained again.
    func stored(_ training: FoldTraining) throws -> StoredTraining {
        let store = scene.project.store
        if let stored = try store.training(training.key) {
            if try isResult(stored, of: training) { return stored }
            try store.drop(training: training.key)
        }
        scene.options.console.line("  warning: what was stored of head \(training.name) is damaged; training it again")
        try stage.train([training], jobs: 1)
        guard let stored = try store.training(training.key) else {
            throw StageError.notRun(
                pipeline: scene.pipeline, stage: stage.name, reason: "no sound result for \(training.name)")
        }
        return stored
    }

    /// Whether what is stored under a training's key speaks of its clips, classes and layers.
    ///
    /// What Timbre has stored does. A checksum has no secret: a stranger's cache that was merged may say anything.
    private func isResult(_ stored: StoredTraining, of training: FoldTraining) throws -> Bool {
        let (cell, fold) = (training.cell, training.fold)
        let classes = cell.division.labels.classes.count
        func fit(_ answers: [StoredPrediction], _ part: [Int]) -> Bool {
            answers.map(\.clip) == part.map { digests[$0] }
                && answers.map(\.label) == training.division.labels(of: part)
                && answers.allSatisfy { answer in
                    answer.probabilities.count == classes && answer.probabilities.allSatisfy { (0...1).contains($0) }
                }
        }
        let states = cell.features.mixedStates(of: try stage.embedStage(of: cell).cache().source.stateCount)
        return fit(stored.predictions, fold.test) && fit(stored.validation, fold.validation)
            && stored.layerWeights.count == (states > 1 ? states : 0)
            && stored.layerWeights.allSatisfy { (0...1).contains($0) } && stored.hasPossibleHistory
    }

    private func validation(_ stored: StoredTraining, labels: Relabelling) -> ConfusionMatrix? {
        guard !stored.validation.isEmpty else { return nil }
        return ConfusionMatrix(
            labels: stored.validation.map { labels.label(of: $0.label) },
            predictions: stored.validation.map { predictedClass(of: labels.probabilities($0.probabilities)) },
            classes: labels.classes.count)
    }
}

extension TrainingCell {
    /// The choice that the cell makes on each axis of the grid.
    var reportAxes: [ReportAxis] {
        let encoder = encoderName.map { [ReportAxis(name: "encoder", value: $0)] } ?? []
        return encoder + axes.map { ReportAxis(name: $0.axis, value: $0.text) }
    }
}

extension StoredTraining {
    /// Whether its epochs are numbered from 1, one of them is the best, and their figures can be losses and accuracies.
    fileprivate var hasPossibleHistory: Bool {
        history.map(\.epoch) == Array(1..<history.count + 1) && (1...max(1, history.count)).contains(bestEpoch)
            && history.allSatisfy { epoch in
                let accuracies = [epoch.trainAccuracy, epoch.validationAccuracy ?? 0]
                let others = [epoch.learningRate, epoch.trainLoss, epoch.validationLoss ?? 0]
                return accuracies.allSatisfy { (0...1).contains($0) } && others.allSatisfy(\.isFinite)
            }
    }
}

extension ReportEpoch {
    init(_ epoch: StoredEpoch) {
        self.init(
            epoch: epoch.epoch, learningRate: epoch.learningRate, trainLoss: epoch.trainLoss,
            trainAccuracy: epoch.trainAccuracy, validationLoss: epoch.validationLoss,
            validationAccuracy: epoch.validationAccuracy)
    }
}
