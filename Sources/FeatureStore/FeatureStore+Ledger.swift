import Foundation
import GRDB

extension FeatureStore {
    /// What was recorded of a finished stage; nil when the stage of that key has not finished yet, or what was recorded
    /// is damaged.
    public func recorded(_ key: Digest) throws -> String? {
        try recorded(among: [key])[key]
    }

    /// What was recorded under each of these keys; absent as for ``recorded(_:)``.
    public func recorded(among keys: [Digest]) throws -> [Digest: String] {
        var records: [Digest: String] = [:]
        try read { database in
            try database.fetchRows("SELECT \(ledgerColumns) FROM ledger WHERE key IN", among: keys) { row in
                if let (key, facts) = soundRecord(in: row) { records[key] = facts }
            }
        }
        let rest = keys.filter { records[$0] == nil }
        return records.merging(try elder?.unlessDamaged { try $0.recorded(among: rest) } ?? [:]) { own, _ in own }
    }

    /// Records that the stage of a key has finished, with facts that its successors need.
    public func record(_ key: Digest, stage: String, facts: String) throws {
        try write { try $0.record(key, stage: stage, facts: facts) }
    }
}

extension Database {
    /// Puts a record into the ledger.
    func record(_ key: Digest, stage: String, facts: String) throws {
        try execute(
            sql: "INSERT OR REPLACE INTO ledger (key, stage, facts, checksum) VALUES (?, ?, ?, ?)",
            arguments: [key, stage, facts, ledgerChecksum(key, stage: stage, facts: facts)])
    }
}

/// What ``soundRecord(in:)`` reads, in its order.
let ledgerColumns = "key, stage, facts, checksum"

/// The record in a row of ``ledgerColumns``; nil when it is not what was stored.
func soundRecord(in row: Row) -> (key: Digest, facts: String)? {
    guard let key = try? row.decode(Digest.self, atIndex: 0), let stage = try? row.decode(String.self, atIndex: 1),
        let facts = try? row.decode(String.self, atIndex: 2), let checksum = try? row.decode(Data.self, atIndex: 3),
        checksum == ledgerChecksum(key, stage: stage, facts: facts)
    else { return nil }
    return (key, facts)
}

func ledgerChecksum(_ key: Digest, stage: String, facts: String) -> Data {
    var checksum = RowChecksum(of: "ledger")
    checksum.add(key)
    checksum.add(stage)
    checksum.add(facts)
    return checksum.value
}
