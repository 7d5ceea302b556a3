import Diagnosis
import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct SchemaCheckTests {
    @Test func everyStepLeavesADatabaseThatIsAsItShouldBe() throws {
        for steps in 1...Schema.version {
            let queue = try DatabaseQueue()
            try queue.write { database in
                try Schema.migrate(database, file: "a", steps: steps)
                try SchemaCheck.check(database, file: "a", steps: steps)
            }
        }
    }

    @Test func numbersForThePlannerAreNothingStrange() throws {
        let queue = try DatabaseQueue()
        try queue.write { database in
            try Schema.migrate(database, file: "a")
            try database.execute(sql: "INSERT INTO recipes (digest, fields) VALUES (x'00', 'a'); ANALYZE")
            try SchemaCheck.check(database, file: "a", steps: Schema.version)
        }
    }

    @Test func aTriggerIsNamedBeforeItCanRun() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try FeatureStore(at: file).record(Digest(hashing: Data()), stage: "a", facts: "b")
            try DatabaseQueue(path: file.path).write { database in
                try database.execute(
                    sql:
                        "CREATE TRIGGER t BEFORE INSERT ON ledger BEGIN DELETE FROM files; END; CREATE VIEW v AS SELECT 1"
                )
            }
            for readOnly in [false, true] {
                expectDiagnosis(
                    """
                    the feature store is not built as Timbre builds it
                      where:    \(file.path)
                      found:    trigger t, view v
                      expected: the tables and indexes that Timbre makes, and no others
                      try:      timbre cache verify --drop --cache \(directory.path)
                    """, exit: .badData
                ) { try FeatureStore(at: file, readOnly: readOnly) }
            }
        }
    }

    @Test func aLinkInTheLogsPlaceIsNotWrittenThrough() throws {
        try withTemporaryDirectory { directory in
            let (file, letter) = (
                directory.appendingPathComponent("f.sqlite"), directory.appendingPathComponent("letter")
            )
            try Data("dear me".utf8).write(to: letter)
            try FileManager.default.createSymbolicLink(atPath: file.path + "-wal", withDestinationPath: letter.path)
            expectDiagnosis(
                """
                a link stands where the feature store writes
                  where:    \(file.path)
                  found:    \(file.path)-wal
                  expected: a file, or nothing
                  try:      rm \(file.path)-wal, if nobody needs it
                """, exit: .cannotCreate
            ) { try FeatureStore(at: file) }
            #expect(try String(contentsOf: letter, encoding: .utf8) == "dear me")
        }
    }

    @Test func theSchemaOfAStrangerIsNotTrusted() throws {
        try withTemporaryDirectory { directory in
            let store = try FeatureStore(at: directory.appendingPathComponent("features.sqlite"))
            let settings = try store.read { database in
                try ["trusted_schema", "cell_size_check"].map { try Int.fetchOne(database, sql: "PRAGMA \($0)") }
            }
            #expect(settings == [0, 1])
        }
    }
}
