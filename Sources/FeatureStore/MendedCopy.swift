import Foundation
import GRDB

/// A copy of a damaged database in which what is known beforehand, the file's header and the tables' definitions, is as it
/// should be, so that as much as possible of the rest can be read.
struct MendedCopy {
    /// The number of steps that its tables have had.
    let version: Int
    private let queue: DatabaseQueue

    /// Copies a database with its log into a directory and opens the copy.
    ///
    /// - throws: ``FeatureStoreError/damaged(file:reason:)`` where nothing of it can be read.
    init(of file: URL, in directory: URL) throws {
        let copy = directory.appendingPathComponent("damaged.sqlite")
        (version, queue) = try translatingErrors(of: file) {
            try FileManager.default.copyItem(atPath: file.path, toPath: copy.path)
            if let log = FeatureStore.log(of: file) {
                try FileManager.default.copyItem(atPath: log, toPath: copy.path + "-wal")
            }
            try Self.mendHeader(of: copy)
            let version = try Self.open(copy).write { database in
                let version = try Self.version(of: database)
                try Self.mendDefinitions(in: database, version: version)
                return version
            }
            // Definitions are read when a database is opened.
            return (version, try Self.open(copy))
        }
    }

    /// Reads from the copy, without a transaction: SQLite does not end one in which it has met damage.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.inDatabase(body) }

    /// Opens a database although its definitions may be damaged, and without minding what refers to what.
    private static func open(_ file: URL) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
        return try DatabaseQueue(path: file.path, configuration: configuration)
    }

    private static func mendHeader(of copy: URL) throws {
        let handle = try FileHandle(forUpdating: copy)
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 0)
        guard let bytes = try handle.read(upToCount: StoreFileHeader.length) else { return }
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: StoreFileHeader.mended(Array(bytes), fileSize: size))
        try handle.close()
    }

    /// As the tables tell: the number in the header may be damaged.
    private static func version(of database: Database) throws -> Int {
        func count(_ condition: String) throws -> Int {
            try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema WHERE \(condition)") ?? 0
        }
        let hasChecksums = try count("name IN ('files', 'audio_facts', 'ledger') AND sql LIKE '%checksum%'") > 0
        return try hasChecksums ? 3 : count("name = 'answers' OR tbl_name = 'answers'") > 0 ? 2 : 1
    }

    /// Gives each table, found by its name or its definition, both as the code makes them.
    private static func mendDefinitions(in database: Database, version: Int) throws {
        let definitions = try DatabaseQueue().write { fresh in
            try Schema.migrate(fresh, file: "", steps: version)
            return try Row.fetchAll(fresh, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        }
        for definition in definitions {
            try database.execute(
                sql: """
                    UPDATE sqlite_schema SET type = 'table', name = ?1, tbl_name = ?1, sql = ?2
                    WHERE (name = ?1 AND sql IS NOT NULL) OR sql = ?2
                    """,
                arguments: [definition["name"], definition["sql"]])
        }
    }
}
