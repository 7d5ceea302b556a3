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
        let rest = keys.filter { !trained.contains($0) }
        return trained.union(try elder?.unlessDamaged { try $0.trainedKeys(rest) } ?? [])
    }

    /// Keeps a training, in the place of an earlier one of the same key.
    public func store(_ training: StoredTraining) throws {
        try write { try $0.insert(training) }
    }

    /// The training of a key; nil when there is none.
    ///
    /// One that is damaged is dropped, so that ``trainedKeys(_:)`` misses it and it is trained again.
    ///
    /// - throws: ``FeatureStoreError/damaged(file:reason:)`` where the index leads to another training or to none.
    public func training(_ key: Digest) throws -> StoredTraining? {
        let (id, training) = try read { database in try self.training(key, in: database) }
        if id != nil, training == nil, !isReadOnly { try dropIfDamaged(key) }
        if let training { return training }
        return try elder?.unlessDamaged { try $0.training(key) } ?? nil
    }

    /// Drops the training of a key, whatever it says.
    public func drop(training key: Digest) throws {
        try write { try $0.execute(sql: "DELETE FROM trainings WHERE key = ?", arguments: [key]) }
    }

    /// Drops a training that is still damaged: another process may have made it again by now, under the same id even.
    private func dropIfDamaged(_ key: Digest) throws {
        try write { database in
            guard try self.training(key, in: database).training == nil else { return }
            try database.execute(sql: "DELETE FROM trainings WHERE key = ?", arguments: [key])
        }
    }

    /// The row's id, and the training unless it is damaged.
    private func training(_ key: Digest, in database: Database) throws -> (id: Int64?, training: StoredTraining?) {
        let selection = try database.cachedStatement(sql: "SELECT id FROM trainings WHERE key = ?")
        guard let id = try Int64.fetchOne(selection, arguments: [key]) else { return (nil, nil) }
        let row = try TrainingRow.read(id, in: database)
        if let row, row.key != key {
            throw FeatureStoreError.damaged(file: file.path, reason: "the index of trainings leads to another training")
        }
        return (id, row?.training)
    }
}

extension Database {
    /// Keeps a training, in the place of an earlier one of the same key.
    func insert(_ training: StoredTraining) throws {
        try execute(sql: "DELETE FROM trainings WHERE key = ?", arguments: [training.key])
        let parts = [(AnswersRow.validation, training.validation), (AnswersRow.test, training.predictions)]
        let answers = parts.filter { !$0.1.isEmpty }.map { AnswersRow($0.1, part: $0.0, training: training.key) }
        let checksums = Dictionary(uniqueKeysWithValues: answers.map { ($0.part, $0.checksum) })
        let weights = training.layerWeights.isEmpty ? nil : littleEndianBytes(of: training.layerWeights)
        try execute(
            sql: """
                INSERT INTO trainings (key, description, best_epoch, layer_weights, checksum) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                training.key, training.description, training.bestEpoch, weights, training.checksum(answers: checksums),
            ])
        let id = lastInsertedRowID
        // Damage may have left rows under a number that is only now given out.
        for table in ["epochs", "answers"] {
            try cachedStatement(sql: "DELETE FROM \(table) WHERE training = ?").execute(arguments: [id])
        }
        try training.history.forEach { try insert($0, training: id) }
        for row in answers { try insert(row, of: id, checksum: checksums[row.part] ?? Data()) }
    }

    private func insert(_ epoch: StoredEpoch, training: Int64) throws {
        let insertion = try cachedStatement(
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

    private func insert(_ row: AnswersRow, of training: Int64, checksum: Data) throws {
        let insertion = try cachedStatement(
            sql: """
                INSERT INTO answers (training, part, clips, labels, probabilities, checksum) VALUES (?, ?, ?, ?, ?, ?)
                """)
        try insertion.execute(arguments: [training, row.part, row.clips, row.labels, row.probabilities, checksum])
    }
}
