import GRDB

/// What a verification found.
public struct StoreVerification: Sendable, Equatable {
    /// SQLite's own complaints about the file's structures, references that lead nowhere and recipes that do not fit their
    /// digests; empty when there are none.
    public var complaints: [String] = []
    /// The number of embeddings whose checksum was compared.
    public var embeddings = 0
    /// The clips of embeddings whose checksum does not fit, one entry a row; nil where the clip itself cannot be read.
    public var damaged: [Digest?] = []
    /// The clips of embeddings with NaN or infinity, which no run uses although their checksum fits.
    public var notFinite: [Digest?] = []
    /// The number of trainings whose checksum was compared.
    public var trainings = 0
    /// The keys of damaged trainings; nil where the key itself cannot be read.
    public var damagedTrainings: [Digest?] = []
    /// The number of damaged rows about files, their audio and finished stages, which make themselves again.
    public var damagedRecords = 0
    /// Whether the damaged rows were dropped, so that the next run makes them again.
    public var dropped = false

    /// The number of all damaged rows.
    public var damagedRows: Int { damaged.count + notFinite.count + damagedTrainings.count + damagedRecords }

    /// Whether no row is damaged.
    public var hasSoundRows: Bool { damagedRows == 0 }

    /// Whether nothing is wrong.
    public var isSound: Bool { complaints.isEmpty && hasSoundRows }
}

extension FeatureStore {
    /// Checks the file's structures, its references, the checksum of every row and that embeddings are finite.
    ///
    /// A store with damaged structures often opens only read-only; ``rescue(_:)`` saves what is sound of it.
    ///
    /// - parameter droppingDamaged: Drop damaged rows, so that the next run makes them again; not where structures are
    ///   damaged, which is no place to write into.
    public func verify(droppingDamaged: Bool = false) throws -> StoreVerification {
        var verification = StoreVerification()
        var damaged = DamagedRows()
        let stops = [
            try stop(of: { try checkStructures(in: $0, into: &verification) }),
            try stop(of: { try checkReferences(in: $0, into: &verification) }),
            try stop(of: { damaged.embeddings = try checkEmbeddings(in: $0, into: &verification) }),
            try stop(of: { damaged.trainings = try checkTrainings(in: $0, into: &verification) }),
            try stop(of: { damaged.records = try checkRecords(in: $0, into: &verification) }),
        ]
        verification.complaints += Set(stops.compactMap { $0 }).sorted()
        if droppingDamaged && !isReadOnly && verification.complaints.isEmpty && !verification.hasSoundRows {
            try drop(damaged)
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
        for recipe in try RecipeRow.all(in: database) where !recipe.isSound {
            verification.complaints.append("the fields of recipe \(recipe.id) do not fit its digest")
        }
    }

    /// Compares every checksum, looks at every value and returns the ids of the rows that are damaged.
    private func checkEmbeddings(
        in database: Database, into verification: inout StoreVerification
    ) throws -> [Int64] {
        var damagedRows: [Int64] = []
        let recipes = try RecipeDigests(in: database)
        let sql = "SELECT \(embeddingColumns), recipe FROM embeddings NOT INDEXED ORDER BY id"
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() {
            verification.embeddings += 1
            let clip = try? row.decode(Digest.self, atIndex: 1)
            switch try recipes.fault(of: row) {
            case nil: continue
            case .checksum: verification.damaged.append(clip)
            case .content: verification.notFinite.append(clip)
            }
            damagedRows.append(try row.decode(atIndex: 0))
        }
        return damagedRows
    }

    private func checkTrainings(
        in database: Database, into verification: inout StoreVerification
    ) throws -> [Int64] {
        var damagedRows: [Int64] = []
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM trainings NOT INDEXED ORDER BY id") {
            verification.trainings += 1
            let row = try TrainingRow.read(id, in: database)
            guard row?.training == nil else { continue }
            damagedRows.append(id)
            verification.damagedTrainings.append(row?.key)
        }
        return damagedRows
    }

    /// Compares the checksums of the small tables and returns the keys of the rows that are damaged, by table.
    private func checkRecords(
        in database: Database, into verification: inout StoreVerification
    ) throws -> [RecordTable: [DatabaseValue]] {
        var damaged: [RecordTable: [DatabaseValue]] = [:]
        for table in RecordTable.allCases {
            let rows = try Row.fetchCursor(database, sql: "SELECT \(table.columns) FROM \(table.rawValue)")
            while let row = try rows.next() {
                if !table.isSound(row) { damaged[table, default: []].append(row[0]) }
            }
        }
        verification.damagedRecords = damaged.reduce(0) { $0 + $1.value.count }
        return damaged
    }

    private func drop(_ damaged: DamagedRows) throws {
        try dropIfDamaged(damaged.embeddings)
        try write { database in
            for id in damaged.trainings where try TrainingRow.read(id, in: database)?.training == nil {
                try database.execute(sql: "DELETE FROM trainings WHERE id = ?", arguments: [id])
            }
            for (table, keys) in damaged.records {
                for key in keys {
                    try database.execute(
                        sql: "DELETE FROM \(table.rawValue) WHERE \(table.key) = ?", arguments: [key])
                }
            }
        }
    }
}

/// Which rows a verification found damaged.
private struct DamagedRows {
    var embeddings: [Int64] = []
    var trainings: [Int64] = []
    var records: [RecordTable: [DatabaseValue]] = [:]
}

/// A table of small rows that are read one by one and make themselves again when they are damaged.
private enum RecordTable: String, CaseIterable {
    case files, ledger
    case audioFacts = "audio_facts"

    /// The first of ``columns``.
    var key: String { String(columns.prefix { $0 != "," }) }

    var columns: String {
        switch self {
        case .files: fileColumns
        case .audioFacts: audioFactsColumns
        case .ledger: ledgerColumns
        }
    }

    func isSound(_ row: Row) -> Bool {
        switch self {
        case .files: soundFile(in: row) != nil
        case .audioFacts: soundAudioFacts(in: row) != nil
        case .ledger: soundRecord(in: row) != nil
        }
    }
}
