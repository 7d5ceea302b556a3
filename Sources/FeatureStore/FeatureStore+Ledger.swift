import GRDB

extension FeatureStore {
    /// What was recorded of a finished stage; nil when the stage of that key has not finished yet.
    public func recorded(_ key: Digest) throws -> String? {
        try read { database in
            try String.fetchOne(database, sql: "SELECT facts FROM ledger WHERE key = ?", arguments: [key])
        }
    }

    /// Records that the stage of a key has finished, with facts that its successors need.
    public func record(_ key: Digest, stage: String, facts: String) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO ledger (key, stage, facts) VALUES (?, ?, ?)",
                arguments: [key, stage, facts])
        }
    }
}
