import Foundation
import GRDB

extension FeatureStore {
    /// The clips that have no embedding by a recipe yet.
    public func missing(_ clips: [Digest], recipe: Recipe) throws -> Set<Digest> {
        var missing = Set(clips)
        try read { database in
            guard let id = try recipeID(of: recipe, in: database) else { return }
            let sql = "SELECT clip FROM embeddings WHERE recipe = ? AND clip IN"
            try database.fetchRows(sql, leading: [id], among: clips) { row in
                missing.remove(try row.decode(Digest.self, atIndex: 0))
            }
        }
        return missing
    }

    /// Keeps a clip's embedding, in the place of an earlier one by the same recipe.
    ///
    /// - throws: ``FeatureStoreError/notFinite(clip:index:)`` for values that must not be cached.
    public func store(_ embedding: Embedding, clip: Digest, recipe: Recipe) throws {
        if let index = embedding.values.firstIndex(where: { !$0.isFinite }) {
            throw FeatureStoreError.notFinite(clip: clip, index: index)
        }
        let row = EmbeddingRow(
            clip: clip, layers: embedding.layers, hidden: embedding.hidden, frames: embedding.frames,
            values: littleEndianBytes(of: embedding.values))
        let checksum = row.checksum
        try write { database in
            let id = try recipeID(orInserting: recipe, in: database)
            let replacement = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO embeddings
                        (recipe, clip, layers, hidden, frames, instruction_set, checksum, "values")
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            try replacement.execute(arguments: [
                id, clip, row.layers, row.hidden, row.frames, embedding.instructionSet, checksum, row.values,
            ])
        }
    }

    /// The hidden states of some layers: for each clip layers.count × hidden, in the order of `layers`.
    ///
    /// A clip without an embedding is absent from the result. So is one whose row is damaged, and the row is dropped, so
    /// that ``missing(_:recipe:)`` names it and it is made again.
    ///
    /// - throws: ``FeatureStoreError/noSuchLayer(layer:layers:)``.
    public func embeddings(of clips: [Digest], recipe: Recipe, layers: [Int]) throws -> [Digest: [Float]] {
        var states: [Digest: [Float]] = [:]
        states.reserveCapacity(clips.count)
        var damaged: [Int64] = []
        try read { database in
            guard let id = try recipeID(of: recipe, in: database) else { return }
            let sql = "SELECT \(embeddingColumns) FROM embeddings WHERE recipe = ? AND clip IN"
            try database.fetchRows(sql, leading: [id], among: clips) { row in
                try withSoundEmbedding(in: row) { embedding in
                    guard let embedding else { return damaged.append(try row.decode(atIndex: 0)) }
                    try check(layers, of: embedding)
                    states[embedding.clip] = embedding.states(ofLayers: layers)
                }
            }
        }
        try dropIfDamaged(damaged)
        return states
    }

    /// Drops those of the rows that are still damaged: another process may have made them again by now.
    func dropIfDamaged(_ rows: [Int64]) throws {
        guard !isReadOnly && !rows.isEmpty else { return }
        try write { database in
            var damaged: [Int64] = []
            let sql = "SELECT \(embeddingColumns) FROM embeddings WHERE id IN"
            try database.fetchRows(sql, among: rows) { row in
                let isSound = try withSoundEmbedding(in: row) { $0 != nil }
                if !isSound { damaged.append(try row.decode(atIndex: 0)) }
            }
            for id in damaged {
                try database.execute(sql: "DELETE FROM embeddings WHERE id = ?", arguments: [id])
            }
        }
    }

    private func check(_ layers: [Int], of embedding: EmbeddingRow) throws {
        if let layer = layers.first(where: { !(0..<embedding.layers).contains($0) }) {
            throw FeatureStoreError.noSuchLayer(layer: layer, layers: embedding.layers)
        }
    }

    private func recipeID(of recipe: Recipe, in database: Database) throws -> Int64? {
        let selection = try database.cachedStatement(sql: "SELECT id FROM recipes WHERE digest = ?")
        return try Int64.fetchOne(selection, arguments: [recipe.digest])
    }

    private func recipeID(orInserting recipe: Recipe, in database: Database) throws -> Int64 {
        if let id = try recipeID(of: recipe, in: database) { return id }
        try database.execute(
            sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)",
            arguments: [recipe.digest, try recipe.canonicalJSON])
        return database.lastInsertedRowID
    }
}

/// What ``withSoundEmbedding(in:_:)`` reads, in its order.
let embeddingColumns = #"id, clip, layers, hidden, frames, checksum, "values""#

/// Runs `body` over the embedding in a row of ``embeddingColumns``, or over nil when it is not what was stored.
///
/// The values are SQLite's own memory, which is gone after `body`.
func withSoundEmbedding<Result>(in row: Row, _ body: (EmbeddingRow?) throws -> Result) throws -> Result {
    try row.withUnsafeData(atIndex: 6) { values in
        guard let clip = try? row.decode(Digest.self, atIndex: 1), let values else { return try body(nil) }
        let embedding = EmbeddingRow(
            clip: clip, layers: try row.decode(atIndex: 2), hidden: try row.decode(atIndex: 3),
            frames: try row.decode(atIndex: 4), values: values)
        return try body(embedding.isSound(checksum: try row.decode(atIndex: 5)) ? embedding : nil)
    }
}
