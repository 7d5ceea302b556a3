import Evaluation
import FeatureStore
import Reports

/// The cells of a grid that has been trained, and what each gave, read from the store when it is asked for.
struct TrainedCells {
    let stage: TrainStage
    /// In corpus order; folds index into it.
    let clips: [LabelledClip]
    /// The trainings of each cell: cells in grid order, folds in their protocol's.
    let cells: [[FoldTraining]]
    private let scene: Scene

    init(_ stage: TrainStage, scene: Scene) throws {
        self.stage = stage
        self.scene = scene
        clips = try stage.labelledClips()
        let trainings = Dictionary(grouping: try stage.trainings(), by: \.cell.id)
        cells = stage.cells.compactMap { trainings[$0.id] }
    }

    /// The cells as reports know them.
    func reportCells() throws -> [ReportCell] { try cells.map { try reportCell(of: $0[0]) } }

    private func reportCell(of training: FoldTraining) throws -> ReportCell {
        let cell = training.cell
        let encoder = cell.encoderName.map { [ReportAxis(name: "encoder", value: $0)] } ?? []
        return ReportCell(
            id: cell.id, split: training.division.split, isTransductive: cell.standardize == .speaker,
            classes: cell.division.labels.classes, labels: training.division.labelWords,
            encoder: cell.encoderName ?? "", layer: cell.features.words, layers: try layers(of: cell),
            isSingleLayer: cell.features.isSingleLayer, head: cell.headSummary, seed: cell.recipe.seed,
            axes: encoder + cell.axes.map { ReportAxis(name: $0.axis, value: $0.text) })
    }

    /// The numbers of the layers that a cell's head is given.
    private func layers(of cell: TrainingCell) throws -> [Int] {
        cell.features.layers(of: try stage.embedStage(of: cell).cache().source.stateCount)
    }
}

extension TrainedCells {
    /// What a training gave.
    ///
    /// - throws: ``StageError/notRun(pipeline:stage:reason:)`` for one that the store does not have.
    func fold(_ training: FoldTraining) throws -> ReportFold {
        let stored = try stored(training)
        let predictions = zip(training.fold.test, stored.predictions).map { clip, prediction in
            ReportPrediction(
                clip: clips[clip].path, speaker: clips[clip].speaker, label: prediction.label,
                probabilities: prediction.probabilities)
        }
        return ReportFold(
            name: training.fold.name, bestEpoch: stored.bestEpoch, predictions: predictions,
            validation: validation(stored, classes: training.cell.division.labels.classes.count),
            history: stored.history.map(ReportEpoch.init), layerWeights: stored.layerWeights)
    }

    /// What the store holds of a training.
    func stored(_ training: FoldTraining) throws -> StoredTraining {
        guard let stored = try scene.project.store.training(training.key) else {
            throw StageError.notRun(
                pipeline: scene.pipeline, stage: stage.name,
                reason: "no sound result for \(training.cell.id) \(training.fold.name)")
        }
        return stored
    }

    private func validation(_ stored: StoredTraining, classes: Int) -> ConfusionMatrix? {
        guard !stored.validation.isEmpty else { return nil }
        return ConfusionMatrix(
            labels: stored.validation.map(\.label),
            predictions: stored.validation.map { predictedClass(of: $0.probabilities) },
            classes: classes)
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
