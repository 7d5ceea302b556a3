import GRDB

/// What a verification found.
public struct StoreVerification: Sendable, Equatable {
    /// SQLite's own complaints about the file's structures, and references that lead nowhere; empty when there are none.
    public var complaints: [String] = []
    /// The number of embeddings whose checksum was compared.
    public var embeddings = 0
    /// The clips of damaged embeddings, one entry a row; nil where the clip itself cannot be read.
    public var damaged: [Digest?] = []
    /// The number of trainings whose answers' checksums were compared.
    public var trainings = 0
    /// The keys of trainings with damaged answers.
    public var damagedTrainings: [Digest] = []
    /// Whether the damaged rows were dropped, so that the next run makes them again.
    public var dropped = false

    /// Whether nothing is wrong.
    public var isSound: Bool { complaints.isEmpty && damaged.isEmpty && damagedTrainings.isEmpty }
}

extension FeatureStore {
    /// Checks the file's structures, its references and the checksums of every embedding and every training's answers.
    ///
    /// A store with damaged structures often opens only read-only.
    ///
    /// - parameter droppingDamaged: Drop damaged embeddings and trainings, so that the next run makes them again.
    public func verify(droppingDamaged: Bool = false) throws -> StoreVerification {
        var verification = StoreVerification()
        var damagedRows: [Int64] = []
        let stops = [
            try stop(of: { try checkStructures(in: $0, into: &verification) }),
            try stop(of: { try checkReferences(in: $0, into: &verification) }),
            try stop(of: { damagedRows = try checkEmbeddings(in: $0, into: &verification) }),
            try stop(of: { try checkTrainings(in: $0, into: &verification) }),
        ]
        verification.complaints += Set(stops.compactMap { $0 }).sorted()
        if droppingDamaged && !isReadOnly && !(damagedRows.isEmpty && verification.damagedTrainings.isEmpty) {
            try dropIfDamaged(damagedRows)
            // Reading one drops it if it is still damaged.
            for key in verification.damagedTrainings { _ = try training(key) }
            verification.dropped = true
        }
        return verification
    }

    /// Runs one check; when damage stops it half way, that is a finding and no error.
    private func stop(of check: (Database) throws -> Void) throws -> String? {
        do {
            try read(check)
            return nil
        } catch FeatureStoreError.damaged(_, let reason) {
            return reason
        }
    }

    private func checkStructures(in database: Database, into verification: inout StoreVerification) throws {
        let messages = try String.fetchCursor(database, sql: "PRAGMA integrity_check")
        while let message = try messages.next() {
            if message != "ok" { verification.complaints.append(message) }
        }
    }

    private func checkReferences(in database: Database, into verification: inout StoreVerification) throws {
        let rows = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
        while let row = try rows.next() {
            let (table, parent) = (try row.decode(String.self, atIndex: 0), try row.decode(String.self, atIndex: 2))
            verification.complaints.append("a row of \(table) refers to a row of \(parent) that is not there")
        }
    }

    private func checkTrainings(in database: Database, into verification: inout StoreVerification) throws {
        let keys = try Digest.fetchCursor(database, sql: "SELECT key FROM trainings ORDER BY id")
        while let key = try keys.next() {
            verification.trainings += 1
            if try training(key, in: database).training == nil { verification.damagedTrainings.append(key) }
        }
    }

    /// Compares every checksum and returns the ids of the rows that are damaged.
    private func checkEmbeddings(
        in database: Database, into verification: inout StoreVerification
    ) throws -> [Int64] {
        var damagedRows: [Int64] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT \(embeddingColumns) FROM embeddings ORDER BY id")
        while let row = try rows.next() {
            verification.embeddings += 1
            guard try withSoundEmbedding(in: row, { $0 == nil }) else { continue }
            damagedRows.append(try row.decode(atIndex: 0))
            verification.damaged.append(try? row.decode(Digest.self, atIndex: 1))
        }
        return damagedRows
    }
}
