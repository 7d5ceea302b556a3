import Foundation
import GRDB

/// How much a store holds.
public struct StoreStatistics: Sendable, Equatable {
    /// One recipe and what was made by it.
    public struct RecipeUse: Sendable, Equatable {
        /// The digest that the recipe is known by.
        public var digest: Digest
        /// The recipe; nil where its fields are damaged or lost.
        public var recipe: Recipe?
        /// The number of clips embedded by it.
        public var clips: Int
        /// The bytes of their values.
        public var bytes: Int
    }

    /// The bytes of the database file and its log.
    public var fileBytes: Int
    /// The number of files whose digest is remembered.
    public var files: Int
    /// The number of clips whose audio was looked at.
    public var clips: Int
    /// Every recipe in the order of its first use.
    public var recipes: [RecipeUse]
    /// The number of trained heads.
    public var trainings: Int
    /// The number of recorded stages.
    public var stages: Int

    /// The number of embeddings by all recipes.
    public var embeddings: Int { recipes.reduce(0) { $0 + $1.clips } }
}

extension FeatureStore {
    /// Counts what the store holds.
    public func statistics() throws -> StoreStatistics {
        try read { database in
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            return StoreStatistics(
                fileBytes: bytesOnDisk, files: try count("files"), clips: try count("audio_facts"),
                recipes: try recipeUses(in: database), trainings: try count("trainings"), stages: try count("ledger"))
        }
    }

    private var bytesOnDisk: Int {
        [file.path, file.path + "-wal"].reduce(0) { sum, path in
            sum + Int((try? FileStamp(ofPath: path))?.size ?? 0)
        }
    }

    private func recipeUses(in database: Database) throws -> [StoreStatistics.RecipeUse] {
        let sql = """
            SELECT recipe, count(*), coalesce(sum(length("values")), 0) FROM embeddings GROUP BY recipe
            """
        let uses = Dictionary(
            try Row.fetchAll(database, sql: sql).map { row in
                (
                    try row.decode(Int64.self, atIndex: 0),
                    (try row.decode(Int.self, atIndex: 1), try row.decode(Int.self, atIndex: 2))
                )
            }
        ) { first, _ in first }
        return try RecipeRow.all(in: database).map { row in
            guard let digest = row.digests.first else {
                throw FeatureStoreError.damaged(file: file.path, reason: "a recipe without a digest")
            }
            let (clips, bytes) = uses[row.id] ?? (0, 0)
            return StoreStatistics.RecipeUse(digest: digest, recipe: row.soundRecipe, clips: clips, bytes: bytes)
        }
    }
}
