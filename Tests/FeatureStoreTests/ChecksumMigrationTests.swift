import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct ChecksumMigrationTests {
    @Test func soundRowsOfSchema2AreKeptAndGetTheNewChecksum() throws {
        try withSchema2Store { store in
            #expect(store.losses.isEmpty)
            let stored = try store.embeddings(of: (1...4).map(clip), recipe: recipe)
            #expect(stored == Dictionary(uniqueKeysWithValues: (1...4).map { (clip($0), embedding($0)) }))
            for number in 1...2 { #expect(try store.training(training(number).key) == training(number)) }
            #expect(try store.recorded(clip(1)) == "kept")
            #expect(try store.verify().isSound)
        }
    }

    @Test(arguments: [
        "UPDATE embeddings SET \"values\" = zeroblob(48) WHERE id = 2", "UPDATE embeddings SET frames = 1 WHERE id = 2",
        "UPDATE embeddings SET recipe = 9 WHERE id = 2",
    ])
    func aDamagedEmbeddingIsDroppedAndNoOther(damage: String) throws {
        try withSchema2Store(damage) { store in
            #expect(store.losses == StoreLosses(embeddings: 1, trainings: 0))
            let missing = try store.missing((1...4).map(clip), recipe: recipe)
            #expect(missing == [clip(2)])
            #expect(try store.verify().isSound)
        }
    }

    @Test(arguments: [
        "UPDATE trainings SET best_epoch = 1 WHERE id = 1",
        "DELETE FROM answers WHERE part = 'validation' AND training = 1",
    ])
    func aDamagedTrainingIsDroppedAndNoOther(damage: String) throws {
        try withSchema2Store(damage) { store in
            #expect(store.losses == StoreLosses(embeddings: 0, trainings: 1))
            let trained = try store.trainedKeys([1, 2].map { training($0).key })
            #expect(trained == [training(2).key])
            #expect(try store.training(training(2).key) == training(2))
        }
    }

    @Test func twoRecipesOfOneNumberAreNoReasonToStop() throws {
        try withSchema2Store(
            tamper: { file in
                try DatabaseQueue(path: file.path).write { database in
                    for number in 1...2 {
                        let other = Recipe(fields: ["encoder": "\(number)"])
                        try database.execute(
                            sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)",
                            arguments: [other.digest, other.canonicalJSON])
                    }
                }
                try renumberLastRow(of: "recipes", in: file, as: 1)
            },
            { store in
                let stored = try store.embeddings(of: [clip(1)], recipe: recipe)
                #expect(stored == [clip(1): embedding(1)])
            })
    }

    /// A store as schema 2 has it, with four embeddings and two trainings under that schema's checksums.
    private func withSchema2Store(
        _ damage: String = "", tamper: (URL) throws -> Void = { _ in }, _ body: (FeatureStore) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            try DatabaseQueue(path: file.path, configuration: configuration).write { database in
                try Schema.migrate(database, file: file.path, steps: 2)
                try database.execute(
                    sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)",
                    arguments: [recipe.digest, recipe.canonicalJSON])
                for number in 1...4 {
                    let sound = row(of: number)
                    try sound.insert(under: 1, checksum: sound.earlierChecksum, into: database)
                }
                for number in 1...2 {
                    try database.insert(training(number))
                    try database.execute(
                        sql: "UPDATE trainings SET checksum = ? WHERE key = ?",
                        arguments: [training(number).earlierChecksum, training(number).key])
                }
                try database.execute(
                    sql: "INSERT INTO ledger (key, stage, facts) VALUES (?, 'report', 'kept')", arguments: [clip(1)])
                try database.execute(sql: damage)
            }
            try tamper(file)
            try body(try FeatureStore(at: file))
        }
    }
}

private func row(of number: Int) -> EmbeddingRow {
    let whole = embedding(number)
    return EmbeddingRow(
        recipe: recipe.digest, clip: clip(number), layers: whole.layers, hidden: whole.hidden, frames: whole.frames,
        instructionSet: whole.instructionSet, values: littleEndianBytes(of: whole.values))
}
