import Foundation
import GRDB

/// Compares what a database is made of with what the steps of ``Schema`` make.
///
/// A database may come from a stranger. A view in a table's place, or a trigger on one, is a program that runs when the
/// store reads or writes, and gives other answers than were stored; so anything that the steps do not make is refused
/// before a row is read.
enum SchemaCheck {
    /// One table, index, trigger or view, as `sqlite_schema` lists it.
    struct Part: Hashable {
        let type: String
        let name: String
        let table: String
        /// Without a difference in white space; nil for the indexes that SQLite makes itself.
        let sql: String?
    }

    /// Throws ``FeatureStoreError/strangeSchema(file:parts:)`` unless the database is as a number of steps leave it.
    static func check(_ database: Database, file: String, steps: Int) throws {
        let (found, expected) = (try parts(of: database), try parts(afterSteps: steps))
        let strange = found.subtracting(expected).union(expected.subtracting(found)).subtracting(statistics)
        guard strange.isEmpty else {
            let names = Set(strange.map { "\($0.type) \($0.name)" }).sorted()
            throw FeatureStoreError.strangeSchema(file: file, parts: names)
        }
    }

    private static func parts(of database: Database) throws -> Set<Part> {
        let rows = try Row.fetchAll(database, sql: "SELECT type, name, tbl_name, sql FROM sqlite_schema")
        return Set(
            try rows.map { row in
                Part(
                    type: try row.decode(atIndex: 0), name: try row.decode(atIndex: 1),
                    table: try row.decode(atIndex: 2),
                    sql: try row.decode(String?.self, atIndex: 3).map(plain))
            })
    }

    /// What SQLite, in the version at hand, makes of the steps.
    private static func parts(afterSteps steps: Int) throws -> Set<Part> {
        let queue = try DatabaseQueue()
        return try queue.write { database in
            try Schema.migrate(database, file: ":memory:", steps: steps)
            return try parts(of: database)
        }
    }

    /// What `ANALYZE`, which a user may have asked for, leaves: numbers for the planner of queries.
    private static let statistics = Set([
        Part(
            type: "table", name: "sqlite_stat1", table: "sqlite_stat1", sql: "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        Part(
            type: "table", name: "sqlite_stat4", table: "sqlite_stat4",
            sql: "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    ])

    private static func plain(_ sql: String) -> String {
        sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension FeatureStore {
    /// Files that are written into by the database's name: a link there, which may come with a stranger's cache, would have
    /// it write into whatever the link leads to.
    ///
    /// A database that is only read may be a link, unless it leads nowhere. One that is written may not, be the link the
    /// user's own: SQLite puts the log beside what a link leads to, and whoever opens that by its own name, or follows
    /// another link to it, has other locks.
    static func checkLinks(beside file: URL, readOnly: Bool) throws {
        for path in ["-wal", "-shm", "-journal", claimsSuffix].map({ file.path + $0 }) where isLink(path) {
            throw FeatureStoreError.linked(file: file.path, link: path)
        }
        guard isLink(file.path), !readOnly || access(file.path, F_OK) != 0 else { return }
        throw FeatureStoreError.linked(file: file.path, link: file.path)
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
