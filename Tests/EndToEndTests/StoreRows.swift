import Foundation
import GRDB

/// What a cache holds, read past the program's own code: its embeddings and its heads' answers, byte by byte.
struct StoreRows: Equatable {
    /// The values by recipe and clip.
    var embeddings: [Data: Data] = [:]
    /// The probabilities by training and part.
    var answers: [Data: Data] = [:]
    /// The keys of the trainings.
    var trainings: Set<Data> = []

    /// Nothing.
    init() {}

    /// Reads a database that another process may be writing; a file that is not there or has no tables yet holds nothing.
    init(peekingAt file: URL) {
        var configuration = Configuration()
        configuration.readonly = true
        let rows = try? DatabaseQueue(path: file.path, configuration: configuration).read(Self.init)
        self = rows ?? StoreRows()
    }

    /// Reads a database that nobody else uses, and throws ``Damage`` unless SQLite finds it sound.
    init(checking file: URL) throws {
        self = try DatabaseQueue(path: file.path).read { database in
            for check in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
                let complaints = try Row.fetchAll(database, sql: check).map { "\($0)" }.filter {
                    !$0.contains("\"ok\"")
                }
                guard complaints.isEmpty else { throw Damage(complaints: complaints) }
            }
            let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
            return isNew ? StoreRows() : try StoreRows(database)
        }
    }

    /// What SQLite says of a damaged database.
    struct Damage: Error { let complaints: [String] }

    /// Bytes joined by SQLite are text, in which a decoder may make two that are not alike the same: they are spelt out.
    private init(_ database: Database) throws {
        let embeddings = try Row.fetchAll(
            database,
            sql:
                #"SELECT CAST(hex(digest) || hex(clip) AS BLOB), "values" FROM embeddings JOIN recipes ON recipe = recipes.id"#
        )
        let answers = try Row.fetchAll(
            database,
            sql:
                "SELECT CAST(hex(key) || part AS BLOB), probabilities FROM answers JOIN trainings ON training = trainings.id"
        )
        self.embeddings = Dictionary(uniqueKeysWithValues: embeddings.map { ($0[0], $0[1]) })
        self.answers = Dictionary(uniqueKeysWithValues: answers.map { ($0[0], $0[1]) })
        trainings = try Data.fetchSet(database, sql: "SELECT key FROM trainings")
    }

    /// Whether all of the other's rows are here with the same bytes.
    func hold(_ other: StoreRows) -> Bool {
        other.embeddings.allSatisfy { embeddings[$0.key] == $0.value }
            && other.answers.allSatisfy { answers[$0.key] == $0.value } && trainings.isSuperset(of: other.trainings)
    }
}
