import Foundation
import GRDB

extension FeatureStore {
    /// Those of the keys that have a training.
    public func trainedKeys(_ keys: [Digest]) throws -> Set<Digest> {
        var trained: Set<Digest> = []
        try read { database in
            try database.fetchRows("SELECT key FROM trainings WHERE key IN", among: keys) { row in
                trained.insert(try row.decode(atIndex: 0))
            }
        }
        return trained
    }

    /// Keeps a training, in the place of an earlier one of the same key.
    public func store(_ training: StoredTraining) throws {
        try write { database in
            try database.execute(sql: "DELETE FROM trainings WHERE key = ?", arguments: [training.key])
            let weights = training.layerWeights.isEmpty ? nil : littleEndianBytes(of: training.layerWeights)
            try database.execute(
                sql: """
                    INSERT INTO trainings (key, description, best_epoch, layer_weights, checksum) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [training.key, training.description, training.bestEpoch, weights, training.checksum])
            let id = database.lastInsertedRowID
            try training.history.forEach { try insert($0, training: id, in: database) }
            for (part, predictions) in [
                (AnswersRow.validation, training.validation), (AnswersRow.test, training.predictions),
            ] where !predictions.isEmpty {
                try insert(AnswersRow(predictions, part: part, training: training.key), of: id, in: database)
            }
        }
    }

    /// The training of a key; nil when there is none.
    ///
    /// One that is damaged is dropped, so that ``trainedKeys(_:)`` misses it and it is trained again.
    public func training(_ key: Digest) throws -> StoredTraining? {
        let (id, training) = try read { database in try self.training(key, in: database) }
        if let id, training == nil, !isReadOnly {
            try write { try $0.execute(sql: "DELETE FROM trainings WHERE id = ?", arguments: [id]) }
        }
        return training
    }

    /// The row's id, and the training unless it is damaged.
    func training(_ key: Digest, in database: Database) throws -> (id: Int64?, training: StoredTraining?) {
        let selection = try database.cachedStatement(
            sql: "SELECT id, description, best_epoch, layer_weights, checksum FROM trainings WHERE key = ?")
        guard let row = try Row.fetchOne(selection, arguments: [key]) else { return (nil, nil) }
        let id = try row.decode(Int64.self, atIndex: 0)
        let answers = try self.answers(of: id, key: key, in: database)
        guard let test = answers[AnswersRow.test], let test, let validation = answers[AnswersRow.validation] ?? []
        else { return (id, nil) }
        let weights = try row.decode(Data?.self, atIndex: 3).map(floats(littleEndian:)) ?? []
        let training = StoredTraining(
            key: key, description: try row.decode(atIndex: 1), bestEpoch: try row.decode(atIndex: 2),
            layerWeights: weights, history: try epochs(of: id, in: database), validation: validation, predictions: test)
        return (id, training.checksum == (try row.decode(Data.self, atIndex: 4)) ? training : nil)
    }

    private func insert(_ epoch: StoredEpoch, training: Int64, in database: Database) throws {
        let insertion = try database.cachedStatement(
            sql: """
                INSERT INTO epochs (training, epoch, learning_rate, train_loss, train_accuracy, validated,
                    validation_loss, validation_accuracy)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let isValidated = epoch.validationLoss != nil
        precondition(
            isValidated == (epoch.validationAccuracy != nil),
            "expected both validation figures of epoch \(epoch.epoch) or neither")
        try insertion.execute(arguments: [
            training, epoch.epoch, epoch.learningRate, epoch.trainLoss, epoch.trainAccuracy, isValidated,
            epoch.validationLoss, epoch.validationAccuracy,
        ])
    }

    private func insert(_ row: AnswersRow, of training: Int64, in database: Database) throws {
        let insertion = try database.cachedStatement(
            sql: """
                INSERT INTO answers (training, part, clips, labels, probabilities, checksum) VALUES (?, ?, ?, ?, ?, ?)
                """)
        try insertion.execute(arguments: [
            training, row.part, row.clips, row.labels, row.probabilities, row.checksum,
        ])
    }

    private func epochs(of training: Int64, in database: Database) throws -> [StoredEpoch] {
        let selection = try database.cachedStatement(
            sql: """
                SELECT epoch, learning_rate, train_loss, train_accuracy, validated, validation_loss, validation_accuracy
                FROM epochs WHERE training = ? ORDER BY epoch
                """)
        return try Row.fetchAll(selection, arguments: [training]).map(StoredEpoch.init)
    }

    /// The answers by part; nil for a part whose row is damaged.
    private func answers(
        of training: Int64, key: Digest, in database: Database
    ) throws -> [String: [StoredPrediction]?] {
        let selection = try database.cachedStatement(
            sql: "SELECT part, clips, labels, probabilities, checksum FROM answers WHERE training = ?")
        var answers: [String: [StoredPrediction]?] = [:]
        let rows = try Row.fetchCursor(selection, arguments: [training])
        while let row = try rows.next() {
            let stored = AnswersRow(
                training: key, part: try row.decode(atIndex: 0), clips: try row.decode(atIndex: 1),
                labels: try row.decode(atIndex: 2), probabilities: try row.decode(atIndex: 3))
            answers.updateValue(stored.predictions(checksum: try row.decode(atIndex: 4)), forKey: stored.part)
        }
        return answers
    }
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
