import EmotionHead
import Evaluation
import FeatureStore
import Kernels

/// One head to train: a cell and one of its folds.
struct FoldTraining: Sendable {
    let cell: TrainingCell
    let division: Division
    /// The embed stage whose encoder made what the head sees.
    let encoder: String
    /// Which of the division's folds.
    let index: Int
    /// SHA-256 over everything that decides the result: the cell, the embeddings' recipe, who is in which part, the code,
    /// and, where speakers' own clips standardise them, all of those.
    let key: Digest

    /// Raised when the same inputs would give other results for a reason outside the head's own code.
    static let resultVersion = 2

    init(cell: TrainingCell, division: Division, index: Int, encoder: String, recipe: Digest) {
        self.cell = cell
        self.division = division
        self.encoder = encoder
        self.index = index
        let versions = ["training", "\(Self.resultVersion)", "\(Head.resultVersion)"]
        let classes = cell.division.labels.classes
        let scalers = cell.standardize == .speaker ? [division.speakers.description] : []
        key = Digest.of(
            versions + [recipe.description, cell.parameters.description, division.members[index].description] + classes
                + scalers)
    }

    var fold: Fold { division.folds[index] }

    /// The table that the training needs.
    var table: FeatureTable.Name {
        FeatureTable.Name(encoder: encoder, features: cell.features, isBySpeaker: cell.standardize == .speaker)
    }

    /// What the head is known by among its pipeline's.
    var name: String { "\(cell.id)-\(fold.name)" }

    /// The name of the head's file within its pipeline's folder.
    var fileName: String { "\(fileStem).safetensors" }

    /// What files that are written of the head are called, without their endings.
    var fileStem: String { Self.fileStem(of: name, key: key) }

    /// A head's name as the name of a file, in which `~2f` stands for a slash and `~7e` for a tilde.
    ///
    /// A fold may be called by a speaker, and a speaker by a stranger or by one corpus of several, but none leads into another
    /// folder. What is too long is cut and ends in the training's key.
    static func fileStem(of name: String, key: Digest) -> String {
        // By scalars: a slash before a combining mark is no character of its own, but one to the file system.
        let plain = name.unicodeScalars.reduce(into: "") { stem, scalar in
            switch scalar {
            case "/": stem += "~2f"
            case "~": stem += "~7e"
            default: stem.unicodeScalars.append(scalar)
            }
        }
        guard plain.utf8.count > Self.longestStem else { return plain }
        var start = plain[...]
        while start.utf8.count > Self.longestStem { start.removeLast() }
        return "\(start)~\(key.description.prefix(16))"
    }

    /// In bytes; file systems allow 255, some 143.
    private static let longestStem = 100
}

extension FoldTraining {
    /// Trains the head and lets it answer for the fold's validation and test clips.
    ///
    /// - Parameter table: raw embeddings, or those standardised by speaker where the cell says so.
    func run(on table: FeatureTable) throws -> (head: Head, result: StoredTraining) {
        let outcome = try trained(on: table)
        let head = outcome.head
        let result = StoredTraining(
            key: key, description: description, bestEpoch: outcome.bestEpoch,
            layerWeights: head.mixing?.weights ?? [], history: outcome.history.map(StoredEpoch.init),
            validation: try answers(of: head, to: fold.validation, called: "validation", of: table),
            predictions: try answers(of: head, to: fold.test, called: "test", of: table))
        return (head, result)
    }

    /// The scaling is fitted to the training part alone, and moves into the head's first layer before it is tested: a
    /// saved head takes embeddings as they are.
    private func trained(on table: FeatureTable) throws -> TrainingOutcome {
        var recipe = cell.recipe
        recipe.states = table.states
        let classes = cell.division.labels.classes.count
        let training = examples(fold.train, of: table)
        let scaling = cell.standardize == .train ? Standardization(of: training) : nil
        let scaled = scaling.map { table.scaled(by: $0) } ?? table
        var outcome = try train(
            recipe, classes: classes, training: examples(fold.train, of: scaled),
            validation: fold.validation.isEmpty ? nil : examples(fold.validation, of: scaled))
        if let scaling { outcome.head = scaling.folded(into: outcome.head) }
        guard outcome.head.isFinite else {
            throw EmotionHeadError.weightsNotFinite(
                tensors: "weights divided by the features' deviations", epoch: outcome.bestEpoch)
        }
        return outcome
    }

    private func examples(_ part: [Int], of table: FeatureTable) -> Examples {
        Examples(
            inputs: table.states * table.width, features: table.values, rows: part, labels: division.labels(of: part))
    }

    private func answers(
        of head: Head, to part: [Int], called name: String, of table: FeatureTable
    ) throws -> [StoredPrediction] {
        let examples = examples(part, of: table)
        let answers = head.probabilities(of: examples)
        if let row = answers.firstIndex(where: { !areFinite($0) }) {
            throw EmotionHeadError.answerNotFinite(part: name, row: row)
        }
        return zip(zip(part, examples.labels), answers).map { clip, probabilities in
            StoredPrediction(clip: table.digests[clip.0], label: clip.1, probabilities: probabilities)
        }
    }

    private var description: String {
        let facts = [
            "cell": cell.id, "protocol": cell.division.splitProtocol.name, "folds": division.digest.description,
            "fold": fold.name, "labels": cell.division.labels.summary, "layer": cell.features.words,
            "standardize": cell.standardize.rawValue, "head": cell.headSummary, "seed": "\(cell.recipe.seed)",
        ]
        return HeadFacts.json(facts)
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
