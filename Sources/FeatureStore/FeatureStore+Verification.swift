import GRDB

/// What a verification found.
public struct StoreVerification: Sendable, Equatable {
    /// SQLite's own complaints about the file's structures, and references that lead nowhere; empty when there are none.
    public var complaints: [String]
    /// The number of embeddings whose checksum was compared.
    public var embeddings: Int
    /// The clips of damaged embeddings, one entry a row; nil where the clip itself cannot be read.
    public var damaged: [Digest?]
    /// Whether the damaged rows were dropped, so that the next run makes them again.
    public var dropped: Bool

    /// Whether nothing is wrong.
    public var isSound: Bool { complaints.isEmpty && damaged.isEmpty }
}

extension FeatureStore {
    /// Checks the file's structures, its references and the checksum of every embedding.
    ///
    /// - parameter droppingDamaged: Drop damaged embeddings, so that the next run makes them again.
    public func verify(droppingDamaged: Bool = false) throws -> StoreVerification {
        var verification = StoreVerification(complaints: [], embeddings: 0, damaged: [], dropped: false)
        var damagedRows: [Int64] = []
        try read { database in
            verification.complaints = try complaints(in: database)
            let rows = try Row.fetchCursor(database, sql: "SELECT \(embeddingColumns) FROM embeddings ORDER BY id")
            while let row = try rows.next() {
                verification.embeddings += 1
                guard try withSoundEmbedding(in: row, { $0 == nil }) else { continue }
                damagedRows.append(try row.decode(atIndex: 0))
                verification.damaged.append(try? row.decode(Digest.self, atIndex: 1))
            }
        }
        if droppingDamaged && !isReadOnly && !damagedRows.isEmpty {
            try dropIfDamaged(damagedRows)
            verification.dropped = true
        }
        return verification
    }

    private func complaints(in database: Database) throws -> [String] {
        let structural = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        let dangling = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
            let table = try row.decode(String.self, atIndex: 0)
            let parent = try row.decode(String.self, atIndex: 2)
            return "a row of \(table) refers to a row of \(parent) that is not there"
        }
        return structural + dangling
    }
}
