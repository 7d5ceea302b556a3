import Foundation
import GRDB

/// A recipe's row: what it is known by, and what it says.
struct RecipeRow {
    let id: Int64
    /// As the row has it; nil where that is no digest.
    let digest: Digest?
    /// As the row has them, as JSON.
    let fields: String

    /// The recipe that the fields are of; nil where they cannot be read.
    var recipe: Recipe? { try? Recipe(canonicalJSON: fields) }

    /// The recipe, if its fields and its digest fit each other: each is the other's checksum.
    var soundRecipe: Recipe? { recipe.flatMap { $0.digest == digest ? $0 : nil } }

    /// What stands for fields that a rescue could not save; the next clip that is embedded by the recipe brings them back.
    static let unknownFields = "{}"

    /// Whether nothing is wrong with the row, though its fields may have been lost.
    var isSound: Bool { soundRecipe != nil || (digest != nil && fields == Self.unknownFields) }

    /// What rows by this recipe may be under, where one of the two is damaged.
    var digests: [Digest] { [digest, recipe?.digest].compactMap { $0 } }
}

extension RecipeRow {
    /// Reads every recipe out of the table itself, in the order of their first use.
    static func all(in database: Database) throws -> [RecipeRow] {
        try Row.fetchAll(database, sql: "SELECT id, digest, fields FROM recipes NOT INDEXED ORDER BY id").map {
            RecipeRow(
                id: try $0.decode(atIndex: 0), digest: try? $0.decode(Digest.self, atIndex: 1),
                fields: (try? $0.decode(String.self, atIndex: 2)) ?? "")
        }
    }
}

/// What each recipe's rows may be under, by the recipe's number.
struct RecipeDigests {
    private let digests: [Int64: [Digest]]

    init(in database: Database) throws {
        digests = Dictionary(try RecipeRow.all(in: database).map { ($0.id, $0.digests) }) { first, _ in first }
    }

    /// What is wrong with a row of ``embeddingColumns``, with the recipe's number behind them, for an encoder of a shape, if
    /// one is given; nil where nothing is.
    func fault(of row: Row, shape: EmbeddingShape? = nil) throws -> EmbeddingFault? {
        let owner = (try? row.decode(Int64.self, atIndex: 8)).flatMap { digests[$0] } ?? []
        return try withSoundEmbedding(in: row, of: owner) { embedding -> EmbeddingFault? in
            guard let embedding else { return .checksum }
            return embedding.canBe(of: shape) ? nil : .content
        }
    }
}

/// What may be wrong with a stored embedding.
enum EmbeddingFault {
    /// It is not what was stored.
    case checksum
    /// It was stored so, but no encoder can have made it: there is NaN or infinity among its values, or it is of another shape.
    case content
}

extension FeatureStore {
    /// The recipes of the store, in the order of their first use; damaged ones are left out.
    public func recipes() throws -> [Recipe] {
        try read { try RecipeRow.all(in: $0).compactMap(\.soundRecipe) }
    }

    /// The row of a recipe, whose fields must be the recipe's.
    ///
    /// An index with a turned bit may lead to another recipe's row.
    ///
    /// - throws: ``FeatureStoreError/damaged(file:reason:)`` when it does.
    func recipeID(of recipe: Recipe, in database: Database) throws -> Int64? {
        let selection = try database.cachedStatement(sql: "SELECT id, fields FROM recipes WHERE digest = ?")
        guard let row = try Row.fetchOne(selection, arguments: [recipe.digest]) else { return nil }
        let id = try row.decode(Int64.self, atIndex: 0)
        guard try row.decode(String.self, atIndex: 1) != recipe.canonicalJSON else { return id }
        let stored = try RecipeRow.all(in: database).first { $0.id == id }
        // Fields that fit nothing are damaged and will be written anew; rows by the recipe have checksums of their own.
        guard let stored, stored.digest == recipe.digest else {
            throw FeatureStoreError.damaged(file: file.path, reason: "the index of recipes leads to another recipe")
        }
        return id
    }

    /// The row of a recipe, made or mended if need be.
    func recipeID(orInserting recipe: Recipe, in database: Database) throws -> Int64 {
        let fields = try recipe.canonicalJSON
        if let id = try recipeID(of: recipe, in: database) {
            let update = try database.cachedStatement(
                sql: "UPDATE recipes SET fields = ?1 WHERE id = ?2 AND fields <> ?1")
            try update.execute(arguments: [fields, id])
            return id
        }
        try database.execute(
            sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)", arguments: [recipe.digest, fields])
        return database.lastInsertedRowID
    }
}
