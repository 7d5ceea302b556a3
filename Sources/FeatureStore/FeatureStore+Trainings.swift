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
            try database.execute(
                sql: "INSERT INTO trainings (key, description, best_epoch) VALUES (?, ?, ?)",
                arguments: [training.key, training.description, training.bestEpoch])
            let id = database.lastInsertedRowID
            try training.history.forEach { try insert($0, training: id, in: database) }
            for (position, prediction) in training.predictions.enumerated() {
                try insert(prediction, position: position, training: id, in: database)
            }
        }
    }

    /// The training of a key; nil when there is none.
    public func training(_ key: Digest) throws -> StoredTraining? {
        try read { database in
            let sql = "SELECT id, description, best_epoch FROM trainings WHERE key = ?"
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [key]) else { return nil }
            let id = try row.decode(Int64.self, atIndex: 0)
            return StoredTraining(
                key: key, description: try row.decode(atIndex: 1), bestEpoch: try row.decode(atIndex: 2),
                history: try epochs(of: id, in: database), predictions: try predictions(of: id, in: database))
        }
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

    private func insert(
        _ prediction: StoredPrediction, position: Int, training: Int64, in database: Database
    ) throws {
        let insertion = try database.cachedStatement(
            sql: "INSERT INTO predictions (training, position, clip, label, probabilities) VALUES (?, ?, ?, ?, ?)")
        try insertion.execute(arguments: [
            training, position, prediction.clip, prediction.label, littleEndianBytes(of: prediction.probabilities),
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

    private func predictions(of training: Int64, in database: Database) throws -> [StoredPrediction] {
        let selection = try database.cachedStatement(
            sql: "SELECT clip, label, probabilities FROM predictions WHERE training = ? ORDER BY position")
        return try Row.fetchAll(selection, arguments: [training]).map { row in
            StoredPrediction(
                clip: try row.decode(atIndex: 0), label: try row.decode(atIndex: 1),
                probabilities: floats(littleEndian: try row.decode(atIndex: 2)))
        }
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
