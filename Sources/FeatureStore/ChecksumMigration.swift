import Crypto
import Foundation
import GRDB

/// What a migration dropped because it was damaged.
public struct StoreLosses: Sendable, Equatable {
    /// Embeddings.
    public var embeddings = 0
    /// Trained heads.
    public var trainings = 0

    /// Whether anything was dropped.
    public var isEmpty: Bool { embeddings == 0 && trainings == 0 }
}

/// The code of schema step 3: checks every row by the rule it was stored under and gives it the checksum of the new rule,
/// which covers all of the row; what was damaged already is dropped.
enum ChecksumMigration {
    static func run(in database: Database) throws -> StoreLosses {
        try renewLedger(in: database)
        return StoreLosses(embeddings: try renewEmbeddings(in: database), trainings: try renewTrainings(in: database))
    }

    /// The ledger had no checksums; what it says wrongly has a report written again.
    private static func renewLedger(in database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT key, stage, facts FROM ledger") {
            guard let key = try? row.decode(Digest.self, atIndex: 0) else { continue }
            try database.record(key, stage: row.decode(atIndex: 1), facts: row.decode(atIndex: 2))
        }
    }

    private static func renewEmbeddings(in database: Database) throws -> Int {
        let known = try RecipeRow.all(in: database).compactMap { row in row.soundRecipe.map { (row.id, $0.digest) } }
        let recipes = Dictionary(known) { first, _ in first }
        let ids = try Int64.fetchAll(database, sql: "SELECT id FROM embeddings NOT INDEXED ORDER BY id")
        let selection = try database.makeStatement(
            sql: "SELECT \(embeddingColumns), recipe FROM embeddings WHERE id = ?")
        let update = try database.makeStatement(sql: "UPDATE embeddings SET checksum = ? WHERE id = ?")
        let deletion = try database.makeStatement(sql: "DELETE FROM embeddings WHERE id = ?")
        return try ids.count { id in
            let row = try Row.fetchOne(selection, arguments: [id])
            let renewed = try row.flatMap { try renewedChecksum(of: $0, recipes: recipes) }
            if let renewed {
                try update.execute(arguments: [renewed, id])
            } else {
                try deletion.execute(arguments: [id])
            }
            return renewed == nil
        }
    }

    /// The new checksum of a row that fits its old one; nil where it does not.
    private static func renewedChecksum(of row: Row, recipes: [Int64: Digest]) throws -> Data? {
        guard let recipe = (try? row.decode(Int64.self, atIndex: 8)).flatMap({ recipes[$0] }) else { return nil }
        return try row.withUnsafeData(atIndex: 7) { values in
            guard let embedding = embeddingRow(in: row, of: recipe, values: values), embedding.hasPlausibleShape,
                embedding.earlierChecksum == (try? row.decode(Data.self, atIndex: 6))
            else { return nil }
            return embedding.checksum
        }
    }

    private static func renewTrainings(in database: Database) throws -> Int {
        let ids = try Int64.fetchAll(database, sql: "SELECT id FROM trainings NOT INDEXED ORDER BY id")
        let update = try database.makeStatement(sql: "UPDATE trainings SET checksum = ? WHERE id = ?")
        return try ids.count { id in
            let row = try TrainingRow.read(id, in: database)
            let renewed = row.flatMap { $0.isSoundByEarlierRule ? $0.rightChecksum : nil }
            if let renewed {
                try update.execute(arguments: [renewed, id])
            } else {
                try database.execute(sql: "DELETE FROM trainings WHERE id = ?", arguments: [id])
            }
            return renewed == nil
        }
    }
}

extension EmbeddingRow {
    /// The checksum before schema 3: over clip, shape and values.
    var earlierChecksum: Data {
        var hash = SHA256()
        hash.update(data: clip.bytes)
        [layers, hidden, frames].forEach { hash.update(littleEndian: $0) }
        hash.update(data: values)
        return Data(hash.finalize().prefix(8))
    }
}
