import GRDB

/// How many rows a pruning removed.
public struct StorePruning: Sendable, Equatable {
    /// Recipes.
    public var recipes: Int
    /// Embeddings by those recipes.
    public var embeddings: Int
    /// Trained heads with their histories and predictions.
    public var trainings: Int
    /// Records of finished stages.
    public var stages: Int
    /// Remembered digests of files that are no longer there.
    public var files: Int
}

extension FeatureStore {
    /// Removes what no experiment needs any more, in one transaction; ``compact()`` then gives the space back.
    ///
    /// - parameter recipes: The digests of the recipes to keep.
    /// - parameter trainings: The keys of the trainings to keep.
    /// - parameter stages: The keys of the ledger's records to keep; the record of a stage whose results go must go too.
    public func prune(
        keepingRecipes recipes: Set<Digest>, trainings: Set<Digest>, stages: Set<Digest>
    ) throws -> StorePruning {
        try write { database in
            let embeddings = try count(of: "embeddings", in: database)
            let removedRecipes = try remove(from: "recipes", key: "digest", keeping: recipes, in: database)
            return StorePruning(
                recipes: removedRecipes, embeddings: embeddings - (try count(of: "embeddings", in: database)),
                trainings: try remove(from: "trainings", key: "key", keeping: trainings, in: database),
                stages: try remove(from: "ledger", key: "key", keeping: stages, in: database),
                files: try forgetAbsentFiles(in: database))
        }
    }

    private func count(of table: String, in database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
    }

    private func remove(
        from table: String, key column: String, keeping kept: Set<Digest>, in database: Database
    ) throws -> Int {
        let present = try Digest.fetchSet(database, sql: "SELECT \(column) FROM \(table)")
        let unwanted = present.subtracting(kept)
        for key in unwanted {
            try database.execute(sql: "DELETE FROM \(table) WHERE \(column) = ?", arguments: [key])
        }
        return unwanted.count
    }

    private func forgetAbsentFiles(in database: Database) throws -> Int {
        let paths = try String.fetchAll(database, sql: "SELECT path FROM files")
        let absent = paths.filter { (try? FileStamp(ofPath: $0)) == nil }
        for path in absent {
            try database.execute(sql: "DELETE FROM files WHERE path = ?", arguments: [path])
        }
        return absent.count
    }
}
