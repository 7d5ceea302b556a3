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
        guard let elder, !missing.isEmpty else { return missing }
        return try elder.unlessDamaged { try $0.missing(Array(missing), recipe: recipe) } ?? missing
    }

    /// Keeps a clip's embedding, in the place of an earlier one by the same recipe.
    ///
    /// - throws: ``FeatureStoreError/notFinite(clip:index:)`` for values that must not be cached.
    public func store(_ embedding: Embedding, clip: Digest, recipe: Recipe) throws {
        if let index = embedding.values.firstIndex(where: { !$0.isFinite }) {
            throw FeatureStoreError.notFinite(clip: clip, index: index)
        }
        let row = EmbeddingRow(
            recipe: recipe.digest, clip: clip, layers: embedding.layers, hidden: embedding.hidden,
            frames: embedding.frames, instructionSet: embedding.instructionSet,
            values: littleEndianBytes(of: embedding.values))
        let checksum = row.checksum
        try write { database in
            try row.insert(under: recipeID(orInserting: recipe, in: database), checksum: checksum, into: database)
        }
    }

    /// The hidden states of some layers: for each clip layers.count × hidden, in the order of `layers`.
    ///
    /// A clip without an embedding is absent from the result. So is one whose row is damaged, and the row is dropped, so
    /// that ``missing(_:recipe:)`` names it and it is made again. A row with NaN or infinity, which a stranger's shard may
    /// have brought, is damaged, however sound its checksum.
    ///
    /// - parameter shape: What the recipe's encoder makes; a row of another shape is damaged too.
    /// - throws: ``FeatureStoreError/noSuchLayer(layer:layers:)``.
    public func embeddings(
        of clips: [Digest], recipe: Recipe, layers: [Int], shape: EmbeddingShape? = nil
    ) throws -> [Digest: [Float]] {
        var states: [Digest: [Float]] = [:]
        states.reserveCapacity(clips.count)
        try forEachEmbedding(of: clips, recipe: recipe, shape: shape) { embedding in
            try check(layers, of: embedding)
            states[embedding.clip] = embedding.states(ofLayers: layers)
        }
        return states
    }

    /// The whole embeddings of some clips; absent as for ``embeddings(of:recipe:layers:)``.
    public func embeddings(of clips: [Digest], recipe: Recipe) throws -> [Digest: Embedding] {
        var whole: [Digest: Embedding] = [:]
        try forEachEmbedding(of: clips, recipe: recipe) { whole[$0.clip] = $0.embedding }
        return whole
    }

    /// The clips with an embedding by a recipe, sorted.
    public func clips(by recipe: Recipe) throws -> [Digest] {
        try clips(by: recipe, where: "1", [])
    }

    /// The clips whose embedding by a recipe is of another shape than its encoder makes, sorted: reads drop it.
    public func clips(by recipe: Recipe, notOf shape: EmbeddingShape) throws -> [Digest] {
        try clips(by: recipe, where: "(layers <> ? OR hidden <> ?)", [shape.layers, shape.hidden])
    }

    private func clips(by recipe: Recipe, where condition: String, _ values: StatementArguments) throws -> [Digest] {
        try read { database in
            guard let id = try recipeID(of: recipe, in: database) else { return [] }
            let clips = "SELECT clip FROM embeddings WHERE recipe = ? AND \(condition)"
            return try Digest.fetchAll(database, sql: clips, arguments: [id] + values).sorted()
        }
    }

    /// Drops the embeddings of some clips, sound or not.
    public func drop(_ clips: [Digest], recipe: Recipe) throws {
        try write { database in
            guard let id = try recipeID(of: recipe, in: database) else { return }
            for clip in clips {
                try database.execute(
                    sql: "DELETE FROM embeddings WHERE recipe = ? AND clip = ?", arguments: [id, clip])
            }
        }
    }

    private func forEachEmbedding(
        of clips: [Digest], recipe: Recipe, shape: EmbeddingShape? = nil, _ body: (EmbeddingRow) throws -> Void
    ) throws {
        var damaged: [Int64] = []
        var found: Set<Digest> = []
        let digest = recipe.digest
        try read { database in
            guard let id = try recipeID(of: recipe, in: database) else { return }
            let sql = "SELECT \(embeddingColumns) FROM embeddings WHERE recipe = ? AND clip IN"
            try database.fetchRows(sql, leading: [id], among: clips) { row in
                try withSoundEmbedding(in: row, of: [digest]) { embedding in
                    guard let embedding, embedding.canBe(of: shape) else {
                        return damaged.append(try row.decode(atIndex: 0))
                    }
                    if elder != nil { found.insert(embedding.clip) }
                    try body(embedding)
                }
            }
        }
        try dropIfDamaged(damaged, shape: shape)
        let rest = clips.filter { !found.contains($0) }
        _ = try elder?.unlessDamaged { try $0.forEachEmbedding(of: rest, recipe: recipe, shape: shape, body) }
    }

    /// Drops those of the rows that are still damaged: another process may have made them again by now.
    func dropIfDamaged(_ rows: [Int64], shape: EmbeddingShape? = nil) throws {
        guard !isReadOnly && !rows.isEmpty else { return }
        try write { database in
            let recipes = try RecipeDigests(in: database)
            for id in rows {
                let sql = "SELECT \(embeddingColumns), recipe FROM embeddings WHERE id = ?"
                guard let row = try Row.fetchOne(database, sql: sql, arguments: [id]),
                    try recipes.fault(of: row, shape: shape) != nil
                else { continue }
                try database.execute(sql: "DELETE FROM embeddings WHERE id = ?", arguments: [id])
            }
        }
    }

    private func check(_ layers: [Int], of embedding: EmbeddingRow) throws {
        if let layer = layers.first(where: { !(0..<embedding.layers).contains($0) }) {
            throw FeatureStoreError.noSuchLayer(layer: layer, layers: embedding.layers)
        }
    }
}

extension EmbeddingRow {
    /// Puts the row into a database, in the place of an earlier one of the same clip by the same recipe.
    func insert(under recipe: Int64, checksum: Data, into database: Database) throws {
        let replacement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO embeddings
                    (recipe, clip, layers, hidden, frames, instruction_set, checksum, "values")
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try replacement.execute(arguments: [
            recipe, clip, layers, hidden, frames, instructionSet, checksum, values,
        ])
    }
}

/// What ``withSoundEmbedding(in:of:_:)`` reads, in its order.
let embeddingColumns = #"embeddings.id, clip, layers, hidden, frames, instruction_set, checksum, "values""#

/// Runs `body` over the embedding in a row of ``embeddingColumns``, or over nil when it is not what was stored by any of
/// the recipes with these digests.
///
/// The values are SQLite's own memory, which is gone after `body`.
func withSoundEmbedding<Result>(
    in row: Row, of recipes: [Digest], _ body: (EmbeddingRow?) throws -> Result
) throws -> Result {
    try row.withUnsafeData(atIndex: 7) { values in
        let checksum = try? row.decode(Data.self, atIndex: 6)
        let candidates = recipes.lazy.compactMap { embeddingRow(in: row, of: $0, values: values) }
        return try body(candidates.first { $0.isSound(checksum: checksum ?? Data()) })
    }
}

/// The embedding in a row of ``embeddingColumns``; nil where a column holds what it cannot hold.
func embeddingRow(in row: Row, of recipe: Digest, values: Data?) -> EmbeddingRow? {
    guard let values, let clip = try? row.decode(Digest.self, atIndex: 1),
        let layers = try? row.decode(Int.self, atIndex: 2), let hidden = try? row.decode(Int.self, atIndex: 3),
        let frames = try? row.decode(Int.self, atIndex: 4),
        let instructionSet = try? row.decode(String.self, atIndex: 5)
    else { return nil }
    return EmbeddingRow(
        recipe: recipe, clip: clip, layers: layers, hidden: hidden, frames: frames, instructionSet: instructionSet,
        values: values)
}
