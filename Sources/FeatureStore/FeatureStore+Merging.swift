import Foundation
import GRDB

extension FeatureStore {
    /// Takes over the embeddings, the trained heads and what is known of clips and diverged heads from another store.
    ///
    /// Every row's checksum is verified on the way in; a row that is there already stays as it is, and is named where the
    /// other says something else. What is known of clips' audio may differ in the last bit by what decoded it, and no result
    /// depends on it: what is there is as good. Rows go in by transactions of a few: after a kill, the same call does the
    /// rest. What the other remembers of files by their times, and of reports, is of its own machine and stays there.
    ///
    /// - parameter other: Any store, which is only read.
    /// - parameter tell: Told after each transaction how many rows have been read.
    /// - throws: ``FeatureStoreError``: of `other` where its structures are damaged; what was read by then is kept.
    public func merge(
        _ other: FeatureStore, into merge: inout StoreMerge, tell: (StoreMerge) throws -> Void = { _ in }
    ) throws {
        try mergeEmbeddings(of: other, into: &merge, tell)
        try mergeTrainings(of: other, into: &merge, tell)
        try mergeFacts(of: other, into: &merge, tell)
        try mergeDivergences(of: other, into: &merge, tell)
    }

    private func mergeEmbeddings(
        of other: FeatureStore, into merge: inout StoreMerge, _ tell: (StoreMerge) throws -> Void
    ) throws {
        let recipes = Dictionary(try other.read(RecipeRow.all).map { ($0.id, $0) }) { first, _ in first }
        var last = Int64.min
        while true {
            let batch = try other.read { try EmbeddingBatch(after: last, recipes: recipes, in: $0) }
            guard let end = batch.last else { return }
            // Rows whose numbers are out of order would come again for ever.
            guard end > last else {
                throw FeatureStoreError.damaged(
                    file: other.file.path, reason: "the rows of embeddings are out of order at number \(end)")
            }
            last = end
            let outcomes = try write { database in try batch.offers.map { try $0.enter(database) } }
            outcomes.forEach { merge.count($0, in: \.embeddings) }
            merge.bytes += batch.offers.reduce(0) { $0 + $1.row.values.count }
            for (clip, words) in batch.damaged {
                merge.damaged.append(words)
                if let clip { merge.damagedKeys.insert(clip) }
            }
            try tell(merge)
        }
    }

    private func mergeTrainings(
        of other: FeatureStore, into merge: inout StoreMerge, _ tell: (StoreMerge) throws -> Void
    ) throws {
        let ids = try other.read { try Int64.fetchAll($0, sql: "SELECT id FROM trainings NOT INDEXED ORDER BY id") }
        for start in stride(from: 0, to: ids.count, by: 64) {
            let rows = try other.read { database in
                try ids[start..<min(start + 64, ids.count)].map { ($0, try TrainingRow.read($0, in: database)) }
            }
            for (id, row) in rows where row?.training == nil {
                merge.damaged.append("training \(row?.key.description ?? "number \(id)"): \(unfitChecksum)")
                if let key = row?.key { merge.damagedKeys.insert(key) }
            }
            let outcomes = try write { database in try rows.compactMap { try $0.1?.enter(database, file: file) } }
            outcomes.forEach { merge.count($0, in: \.trainings) }
            try tell(merge)
        }
    }

    private func mergeFacts(
        of other: FeatureStore, into merge: inout StoreMerge, _ tell: (StoreMerge) throws -> Void
    ) throws {
        try mergeRecords(
            "SELECT \(audioFactsColumns) FROM audio_facts",
            lookup: "SELECT \(audioFactsColumns) FROM audio_facts WHERE clip = ?", of: other,
            called: "audio facts of clip", into: &merge, tell,
            read: { row in soundAudioFacts(in: row).map { ($0.clip, $0.facts) } },
            checksum: nil, insert: { try $0.insert($2, clip: $1) })
    }

    /// The ledger's records of heads that diverged; those of reports and shards are of the store that holds them.
    private func mergeDivergences(
        of other: FeatureStore, into merge: inout StoreMerge, _ tell: (StoreMerge) throws -> Void
    ) throws {
        try mergeRecords(
            "SELECT \(ledgerColumns) FROM ledger WHERE stage = 'train'",
            lookup: "SELECT \(ledgerColumns) FROM ledger WHERE stage = 'train' AND key = ?", of: other,
            called: "record of training", into: &merge, tell,
            read: { row in soundRecord(in: row).map { ($0.key, $0.facts) } },
            checksum: { ledgerChecksum($0, stage: "train", facts: $1) },
            insert: { try $0.record($1, stage: "train", facts: $2) })
    }

    /// Takes over the rows of a table whose first column is its key, and which is small enough to be read at once.
    ///
    /// - parameter selection: The rows, without an order.
    /// - parameter lookup: The row of one key.
    /// - parameter checksum: What tells records that say different things apart; nil where what is there is as good.
    private func mergeRecords<Record>(
        _ selection: String, lookup: String, of other: FeatureStore, called name: String, into merge: inout StoreMerge,
        _ tell: (StoreMerge) throws -> Void, read: (Row) -> (key: Digest, record: Record)?,
        checksum: ((Digest, Record) -> Data)?, insert: (Database, Digest, Record) throws -> Void
    ) throws {
        var damaged: [String] = []
        let found = try other.read { database in
            try Row.fetchAll(database, sql: selection).compactMap { row in
                if let found = read(row) { return found }
                let key = (try? row.decode(Digest.self, atIndex: 0))?.description ?? "unknown"
                damaged.append("\(name) \(key): \(unfitChecksum)")
                return nil as (key: Digest, record: Record)?
            }
        }
        merge.damaged += damaged
        for start in stride(from: 0, to: found.count, by: 2_000) {
            let outcomes = try write { database in
                let present = try database.cachedStatement(sql: lookup)
                return try found[start..<min(start + 2_000, found.count)].map { found -> StoreMerge.Outcome in
                    let row = try Row.fetchOne(present, arguments: [found.key])
                    if let there = row.flatMap(read) {
                        guard let checksum else { return .present }
                        let present = checksum(there.key, there.record)
                        let offered = checksum(found.key, found.record)
                        return present == offered
                            ? .present : .conflict(StoreConflict("\(name) \(found.key)", present, offered))
                    }
                    try insert(database, found.key, found.record)
                    return row == nil ? .added : .mended
                }
            }
            outcomes.forEach { merge.count($0, in: \.records) }
            try tell(merge)
        }
    }
}

/// Why a row is left out that is not what was stored.
private let unfitChecksum = "its checksum does not fit"

/// Some embeddings of a store, read to be offered to another.
private struct EmbeddingBatch {
    var offers: [EmbeddingOffer] = []
    /// Rows that are not what was stored: the clip, where it can be read, and the row in words.
    var damaged: [(clip: Digest?, words: String)] = []
    /// The number of the last row; nil behind the end.
    var last: Int64?

    /// Few enough for memory, many enough for a transaction: ten megabytes of wav2vec2-base.
    private static let size = 256

    init(after id: Int64, recipes: [Int64: RecipeRow], in database: Database) throws {
        let selection = try database.cachedStatement(
            sql: """
                SELECT \(embeddingColumns), recipe FROM embeddings NOT INDEXED WHERE id > ? ORDER BY id LIMIT \(Self.size)
                """)
        let rows = try Row.fetchCursor(selection, arguments: [id])
        while let row = try rows.next() {
            last = try row.decode(Int64.self, atIndex: 0)
            let recipe = (try? row.decode(Int64.self, atIndex: 8)).flatMap { recipes[$0] }
            let offer = try withSoundEmbedding(in: row, of: recipe?.digests ?? []) { embedding in
                embedding.map { EmbeddingOffer($0, by: recipe) }
            }
            if let offer, offer.row.isFinite {
                offers.append(offer)
            } else {
                let clip = try? row.decode(Digest.self, atIndex: 1)
                let reason = offer == nil ? unfitChecksum : "NaN or infinity among its values"
                damaged.append((clip, "embedding of clip \(clip?.description ?? "unknown"): \(reason)"))
            }
        }
    }
}

/// A sound embedding of another store.
private struct EmbeddingOffer {
    var row: EmbeddingRow
    /// The recipe's fields as JSON, if they are known.
    let fields: String

    init(_ row: EmbeddingRow, by recipe: RecipeRow?) {
        self.row = row
        // The memory is SQLite's.
        self.row.values = row.values.withUnsafeBytes { Data($0) }
        fields = recipe?.recipe?.digest == row.recipe ? recipe?.fields ?? "" : RecipeRow.unknownFields
    }

    /// Puts the row into a database unless there is one.
    func enter(_ database: Database) throws -> StoreMerge.Outcome {
        let recipe = try database.recipeID(of: row.recipe, fields: fields)
        let selection = try database.cachedStatement(
            sql: "SELECT \(embeddingColumns) FROM embeddings WHERE recipe = ? AND clip = ?")
        let checksum = row.checksum
        let outcome: StoreMerge.Outcome? = try Row.fetchOne(selection, arguments: [recipe, row.clip]).map { present in
            try withSoundEmbedding(in: present, of: [row.recipe]) { there in
                guard let there, there.isFinite else { return .mended }
                if there.holdsTheSame(as: row) { return .present }
                return .conflict(
                    StoreConflict("clip \(row.clip), recipe \(row.recipe)", there.checksum, checksum))
            }
        }
        switch outcome {
        case .none, .mended: try row.insert(under: recipe, checksum: checksum, into: database)
        case .added, .present, .conflict: break
        }
        return outcome ?? .added
    }
}

extension EmbeddingRow {
    /// Whether the numbers are the same, whatever computed them: AVX-512 and AVX2 give the same bits.
    fileprivate func holdsTheSame(as other: EmbeddingRow) -> Bool {
        (layers, hidden, frames) == (other.layers, other.hidden, other.frames) && values == other.values
    }
}

extension TrainingRow {
    /// Puts the training into another database unless there is one; nil where it is damaged.
    ///
    /// - throws: ``FeatureStoreError/damaged(file:reason:)`` of `file`, the database's, where its index leads to another
    ///   training.
    fileprivate func enter(_ database: Database, file: URL) throws -> StoreMerge.Outcome? {
        guard let training, let offered = rightChecksum else { return nil }
        let selection = try database.cachedStatement(sql: "SELECT id FROM trainings WHERE key = ?")
        let id = try Int64.fetchOne(selection, arguments: [key])
        let there = try id.flatMap { try TrainingRow.read($0, in: database) }
        if let there, there.key != key {
            throw FeatureStoreError.damaged(file: file.path, reason: "the index of trainings leads to another training")
        }
        if let there, there.training != nil, let present = there.rightChecksum {
            return there.outcomeChecksum == outcomeChecksum
                ? .present : .conflict(StoreConflict("training \(key)", present, offered))
        }
        try database.insert(training)
        return id == nil ? .added : .mended
    }
}

extension StoreConflict {
    fileprivate init(_ row: String, _ present: Data, _ offered: Data) {
        func hex(_ checksum: Data) -> String { checksum.map { String(format: "%02x", Int($0)) }.joined() }
        self.init(row: row, present: hex(present), offered: hex(offered))
    }
}

extension Database {
    /// The row of a recipe, made if need be; fields that were lost are brought back.
    fileprivate func recipeID(of digest: Digest, fields: String) throws -> Int64 {
        let selection = try cachedStatement(sql: "SELECT id FROM recipes WHERE digest = ?")
        if let id = try Int64.fetchOne(selection, arguments: [digest]) {
            let update = try cachedStatement(
                sql: "UPDATE recipes SET fields = ? WHERE id = ? AND fields = ? AND fields <> ?1")
            try update.execute(arguments: [fields, id, RecipeRow.unknownFields])
            return id
        }
        try execute(sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)", arguments: [digest, fields])
        return lastInsertedRowID
    }
}
