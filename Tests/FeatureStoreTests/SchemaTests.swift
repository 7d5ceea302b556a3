import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct SchemaTests {
    @Test func aNewStoreCarriesOurNumberAndVersion() throws {
        try withStore { store in
            try store.read { database in
                let applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id")
                let version = try Schema.version(of: database)
                #expect(applicationID == Schema.applicationID)
                #expect(version == Schema.version)
            }
        }
    }

    @Test func theApplicationNumberSpellsTMBR() {
        let bytes = withUnsafeBytes(of: Schema.applicationID.bigEndian) { Array($0) }
        #expect(String(decoding: bytes, as: UTF8.self) == "TMBR")
    }

    @Test func migratingAgainChangesNothing() throws {
        try withStore { store in
            try store.record(clip(1), stage: "clips", facts: "{}")
            _ = try store.write { try Schema.migrate($0, file: store.file.path) }
            #expect(try store.recorded(clip(1)) == "{}")
        }
    }

    @Test func aStoreOfTheFirstStepKeepsItsEmbeddings() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try DatabaseQueue(path: file.path).write { database in
                try Schema.migrate(database, file: file.path, steps: 1)
                try database.execute(
                    sql: """
                        INSERT INTO trainings (key, description, best_epoch) VALUES (x'00', '{}', 1);
                        INSERT INTO predictions VALUES (1, 0, x'00', 1, x'00');
                        INSERT INTO ledger VALUES (x'00', 'clips', 'kept');
                        """)
            }
            let store = try FeatureStore(at: file)
            #expect(try store.statistics().trainings == 0)
            #expect(try store.statistics().stages == 1)
            try store.store(training(1))
            #expect(try store.training(training(1).key) == training(1))
        }
    }
}
