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
            try store.write { try Schema.migrate($0, file: store.file.path) }
            #expect(try store.recorded(clip(1)) == "{}")
        }
    }
}
