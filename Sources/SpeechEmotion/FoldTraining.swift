import EmotionHead
import Evaluation
import FeatureStore

/// One head to train: a cell and one of its folds.
struct FoldTraining: Sendable {
    let cell: TrainingCell
    let fold: Fold
    /// SHA-256 over everything that decides the result: the cell, the embeddings' recipe, who is in which part, the code.
    let key: Digest

    /// Raised when the same inputs would give other results for a reason outside the head's own code.
    static let resultVersion = 1

    init(cell: TrainingCell, fold: Fold, clips: [LabelledClip], classes: [String], recipe: Recipe) {
        self.cell = cell
        self.fold = fold
        let versions = ["training", "\(Self.resultVersion)", "\(Head.resultVersion)"]
        let members = [fold.train, fold.validation, fold.test].flatMap { part in
            ["\(part.count)"] + part.flatMap { [clips[$0].content, clips[$0].speaker, "\(clips[$0].label)"] }
        }
        key = Digest.of(
            versions + [recipe.digest.description, cell.digest.description, "\(classes.count)"] + classes + members)
    }

    /// The name of the head's file within its pipeline's folder.
    var fileName: String { "\(cell.id)-\(fold.name).safetensors" }
}

extension FoldTraining {
    /// Trains the head and lets it answer for the fold's test clips.
    ///
    /// - Parameter table: raw embeddings, or those standardised by speaker where the cell says so.
    func run(on table: FeatureTable, classes: [String]) throws -> (head: Head, result: StoredTraining) {
        let (scaling, training, validation) = scaled(table)
        let outcome = try train(cell.recipe, classes: classes.count, training: training, validation: validation)
        // The saved head takes embeddings as they are, so its scaling moves into its first layer before it is tested.
        let head = scaling?.folded(into: outcome.head) ?? outcome.head
        let probabilities = head.probabilities(of: table.examples(fold.test).features)
        let predictions = zip(fold.test, probabilities).map { clip, probabilities in
            StoredPrediction(clip: table.digests[clip], label: table.clips[clip].label, probabilities: probabilities)
        }
        let result = StoredTraining(
            key: key, description: description, bestEpoch: outcome.bestEpoch,
            history: outcome.history.map(StoredEpoch.init),
            predictions: predictions)
        return (head, result)
    }

    /// The training and validation parts as the head sees them; scaling is fitted to the training part alone.
    private func scaled(_ table: FeatureTable) -> (scaling: Standardization?, training: Examples, validation: Examples?)
    {
        var training = table.examples(fold.train)
        var validation = fold.validation.isEmpty ? nil : table.examples(fold.validation)
        guard cell.standardize == .train else { return (nil, training, validation) }
        let scaling = Standardization(of: training.features, inputs: table.width)
        training.features = scaling.applied(to: training.features)
        if let raw = validation?.features { validation?.features = scaling.applied(to: raw) }
        return (scaling, training, validation)
    }

    private var description: String {
        let facts = [
            "cell": cell.id, "protocol": cell.splitProtocol.name, "fold": fold.name, "layer": "\(cell.layer)",
            "standardize": cell.standardize.rawValue, "head": cell.headSummary, "seed": "\(cell.recipe.seed)",
        ]
        let members = facts.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
        return "{\(members.joined(separator: ","))}"
    }
}

extension StoredEpoch {
    init(_ record: EpochRecord) {
        self.init(
            epoch: record.epoch, learningRate: record.learningRate, trainLoss: record.trainLoss,
            trainAccuracy: record.trainAccuracy, validationLoss: record.validationLoss,
            validationAccuracy: record.validationAccuracy)
    }
}
