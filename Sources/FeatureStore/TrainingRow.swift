import Foundation
import GRDB

/// A training as its rows hold it.
struct TrainingRow {
    let id: Int64
    let key: Digest
    private let description: String
    private let bestEpoch: Int
    private let layerWeights: Data?
    private let history: [StoredEpoch]
    /// The answers by part, each with the checksum that stands beside them.
    private let answers: [String: (row: AnswersRow, checksum: Data)]
    private let checksum: Data

    /// The training; nil when it is not what was stored.
    var training: StoredTraining? {
        // Once: reading the answers digests them.
        guard let training = unchecked, checksum(of: training) == checksum else { return nil }
        return training
    }

    /// The checksum that belongs to the rows as they are; nil where answers are damaged.
    var rightChecksum: Data? { unchecked.map(checksum(of:)) }

    /// The checksum of what the training came to, whatever its cell and fold are called; nil where answers are damaged.
    ///
    /// The key does not hold what they are called.
    var outcomeChecksum: Data? {
        guard var training = unchecked else { return nil }
        training.description = ""
        return checksum(of: training)
    }

    private func checksum(of training: StoredTraining) -> Data {
        training.checksum(answers: answers.mapValues(\.checksum))
    }

    /// Whether the rows are sound by the rule before schema 3.
    ///
    /// That rule took validation answers that were gone for none; where epochs were validated there were some.
    var isSoundByEarlierRule: Bool {
        guard let training = unchecked, checksum == training.earlierChecksum else { return false }
        return training.validation.isEmpty == training.history.allSatisfy { $0.validationLoss == nil }
    }

    /// What the rows say, if their answers are sound.
    private var unchecked: StoredTraining? {
        guard let test = predictions(of: AnswersRow.test), !test.isEmpty,
            let validation = predictions(of: AnswersRow.validation)
        else { return nil }
        return StoredTraining(
            key: key, description: description, bestEpoch: bestEpoch,
            layerWeights: layerWeights.map(floats(littleEndian:)) ?? [], history: history, validation: validation,
            predictions: test)
    }

    /// Empty where there is no such part, nil where it is damaged.
    private func predictions(of part: String) -> [StoredPrediction]? {
        guard let (row, checksum) = answers[part] else { return [] }
        return row.predictions(checksum: checksum)
    }
}

extension TrainingRow {
    /// Reads the rows of an id out of the tables themselves; nil when there are none, or a column holds what it cannot.
    static func read(_ id: Int64, in database: Database) throws -> TrainingRow? {
        do {
            return try TrainingRow(id: id, in: database)
        } catch is RowDecodingError {
            return nil
        }
    }

    private init?(id: Int64, in database: Database) throws {
        let selection = try database.cachedStatement(
            sql: "SELECT key, description, best_epoch, layer_weights, checksum FROM trainings WHERE id = ?")
        guard let row = try Row.fetchOne(selection, arguments: [id]) else { return nil }
        self.id = id
        let key = try row.decode(Digest.self, atIndex: 0)
        self.key = key
        description = try row.decode(atIndex: 1)
        bestEpoch = try row.decode(atIndex: 2)
        layerWeights = try row.decode(Data?.self, atIndex: 3)
        checksum = try row.decode(atIndex: 4)
        history = try epochs(of: id, in: database)
        answers = try answersOfParts(of: id, key: key, in: database)
    }
}

private func epochs(of training: Int64, in database: Database) throws -> [StoredEpoch] {
    let selection = try database.cachedStatement(
        sql: """
            SELECT epoch, learning_rate, train_loss, train_accuracy, validated, validation_loss, validation_accuracy
            FROM epochs WHERE training = ? ORDER BY epoch
            """)
    return try Row.fetchAll(selection, arguments: [training]).map(StoredEpoch.init)
}

private func answersOfParts(
    of training: Int64, key: Digest, in database: Database
) throws -> [String: (row: AnswersRow, checksum: Data)] {
    let selection = try database.cachedStatement(
        sql: "SELECT part, clips, labels, probabilities, checksum FROM answers WHERE training = ?")
    var answers: [String: (row: AnswersRow, checksum: Data)] = [:]
    for row in try Row.fetchAll(selection, arguments: [training]) {
        let stored = AnswersRow(
            training: key, part: try row.decode(atIndex: 0), clips: try row.decode(atIndex: 1),
            labels: try row.decode(atIndex: 2), probabilities: try row.decode(atIndex: 3))
        answers[stored.part] = (stored, try row.decode(Data.self, atIndex: 4))
    }
    return answers
}

extension StoredEpoch {
    fileprivate init(_ row: Row) throws {
        func figure(_ index: Int) throws -> Double { try row.decode(Double?.self, atIndex: index) ?? .nan }
        let isValidated = try row.decode(Bool.self, atIndex: 4)
        self.init(
            epoch: try row.decode(atIndex: 0), learningRate: try figure(1), trainLoss: try figure(2),
            trainAccuracy: try figure(3), validationLoss: isValidated ? try figure(5) : nil,
            validationAccuracy: isValidated ? try figure(6) : nil)
    }
}
