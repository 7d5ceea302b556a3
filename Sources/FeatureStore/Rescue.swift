import Drafts
import Foundation
import GRDB

/// What a rescue saved of a damaged store.
public struct StoreRescue: Sendable, Equatable {
    /// Where the damaged database is kept, as it was.
    public var aside: String
    /// The number of sound embeddings.
    public var embeddings = 0
    /// The number of sound trainings.
    public var trainings = 0
}

extension FeatureStore {
    /// Copies every row of a damaged store that can be read and is sound into a fresh one, which takes its place; the
    /// damaged one is moved aside, untouched.
    ///
    /// Needs room for two copies. What another process writes meanwhile stays in the database that is moved aside, so none
    /// should (``claimRemoval(at:)``). Killed at any moment, it leaves the damaged store where it was or the fresh one in its
    /// place.
    ///
    /// - throws: ``FeatureStoreError``, for a file that is not ours too, which stays where it is.
    public static func rescue(_ file: URL) throws -> StoreRescue {
        try checkLinks(beside: file, readOnly: false)
        try checkThatOurs(file)
        let draft = try draft(beside: file)
        defer { draft.discard() }
        return try translatingErrors(of: file) {
            let fresh = draft.url.appendingPathComponent("features.sqlite")
            try fill(fresh, from: file, in: draft.url)
            var rescue = try sifted(fresh)
            rescue.aside = try exchange(file, for: fresh)
            return rescue
        }
    }

    /// Makes a store of all that can be read, with the tables that the damaged one has; nothing may be all.
    private static func fill(_ fresh: URL, from file: URL, in directory: URL) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: fresh.path, configuration: configuration)
        do {
            let copy = try MendedCopy(of: file, in: directory)
            try copy.read { damaged in
                try queue.write { fresh in
                    try Schema.migrate(fresh, file: file.path, steps: copy.version)
                    try Salvage(damaged: damaged, fresh: fresh).run()
                    try mendRecipes(in: fresh)
                    try dropOrphans(in: fresh)
                }
            }
        } catch FeatureStoreError.damaged, FeatureStoreError.notSQLite {
            // Not even its tables can be found.
        }
        try queue.close()
    }

    private static func draft(beside file: URL) throws -> Draft {
        do {
            return try Draft.folder(in: file.deletingLastPathComponent())
        } catch {
            throw FeatureStoreError.cannotCreate(file: file.path, reason: error.localizedDescription)
        }
    }

    private static func checkThatOurs(_ file: URL) throws {
        if case .damaged = try StoreFileHeader(ofPath: file.path) { return }
        try checkOwnership(of: file, readOnly: true)
    }

    /// Gives recipes whose digest or fields are damaged the one by the other, as the rows that they made tell.
    private static func mendRecipes(in database: Database) throws {
        for row in try RecipeRow.all(in: database) where row.soundRecipe == nil {
            let sample = try Row.fetchOne(
                database, sql: "SELECT \(embeddingColumns) FROM embeddings WHERE recipe = ? LIMIT 1",
                arguments: [row.id])
            let owner = try sample.flatMap { try withSoundEmbedding(in: $0, of: row.digests) { $0?.recipe } }
            let digest = owner ?? row.digests.first
            let isByFields = digest == row.recipe?.digest
            try database.execute(
                sql: "UPDATE OR IGNORE recipes SET digest = ?, fields = ? WHERE id = ?",
                arguments: [digest, isByFields ? row.fields : RecipeRow.unknownFields, row.id])
        }
        for row in try RecipeRow.all(in: database) where !row.isSound {
            try database.execute(sql: "DELETE FROM recipes WHERE id = ?", arguments: [row.id])
        }
    }

    private static func dropOrphans(in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM embeddings WHERE recipe NOT IN (SELECT id FROM recipes);
                DELETE FROM epochs WHERE training NOT IN (SELECT id FROM trainings);
                """)
        for table in ["answers", "predictions"] where try database.tableExists(table) {
            try database.execute(sql: "DELETE FROM \(table) WHERE training NOT IN (SELECT id FROM trainings)")
        }
    }

    /// Drops what is not sound and counts what is.
    private static func sifted(_ fresh: URL) throws -> StoreRescue {
        let store = try FeatureStore(at: fresh)
        _ = try store.verify(droppingDamaged: true)
        let sound = try store.verify()
        guard sound.isSound else {
            throw FeatureStoreError.damaged(file: fresh.path, reason: sound.complaints.first ?? "unsound rows")
        }
        try store.compact()
        try store.close()
        return StoreRescue(aside: "", embeddings: sound.embeddings, trainings: sound.trainings)
    }

    /// Puts the fresh database into the damaged one's place and tells where that is now.
    ///
    /// The log goes before the fresh database comes: SQLite would play it back into that. Whoever is killed in between has
    /// given the damaged one its second name before, by which the next finds the log (``log(of:)``).
    private static func exchange(_ file: URL, for fresh: URL) throws -> String {
        let (aside, log) = (freeName(beside: file), log(of: file))
        let isLinked = link(file.path, aside) == 0
        if let log, isLinked {
            guard rename(log, aside + "-wal") == 0 else { throw cannotMove(file) }
        } else if let log {
            try FileManager.default.copyItem(atPath: log, toPath: aside + "-wal")
        }
        // Not every file system has links; without one there is a moment without a store, and the log stays until then.
        guard isLinked || rename(file.path, aside) == 0 else { throw cannotMove(file) }
        unlink(file.path + "-wal")
        unlink(file.path + "-shm")
        guard rename(fresh.path, file.path) == 0 else { throw cannotMove(file) }
        return aside
    }

    /// Where a damaged database's log is, if it has one that is not empty: beside it, or beside another name of the very same
    /// file, which a rescue that was cut off has given it.
    static func log(of file: URL) -> String? {
        guard let database = try? FileIdentity(of: file.path) else { return nil }
        let names = [file.path] + asideNames(beside: file).prefix { FileManager.default.fileExists(atPath: $0) }
        return names.filter { (try? FileIdentity(of: $0)) == database }.map { $0 + "-wal" }.first { log in
            (try? FileStamp(ofPath: log)).map { $0.size > 0 } ?? false
        }
    }

    private static func cannotMove(_ file: URL) -> FeatureStoreError {
        .inputOutput(file: file.path, reason: "cannot move it aside: \(String(cString: strerror(errno)))")
    }

    private static func freeName(beside file: URL) -> String {
        asideNames(beside: file).first { !FileManager.default.fileExists(atPath: $0) }
            ?? "\(file.path).damaged-\(getpid())"
    }

    /// What damaged databases are called, one after the other.
    private static func asideNames(beside file: URL) -> some Sequence<String> {
        (1...9_999).lazy.map { "\(file.path).damaged\($0 == 1 ? "" : "-\($0)")" }
    }
}
