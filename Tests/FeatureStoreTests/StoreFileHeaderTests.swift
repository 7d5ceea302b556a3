import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct StoreFileHeaderTests {
    @Test func noFileAndAFileWithoutBytesAreEmpty() throws {
        try withTemporaryDirectory { directory in
            let header = try StoreFileHeader(ofPath: directory.appendingPathComponent("absent").path)
            #expect(header == .empty)
        }
        #expect(StoreFileHeader([]) == .empty)
    }

    @Test func anythingElseIsNotSQLite() {
        #expect(StoreFileHeader([1]) == .notSQLite)
        #expect(StoreFileHeader(Array("SQLite format 3\0".utf8)) == .notSQLite)
        #expect(StoreFileHeader([UInt8](repeating: 0, count: 108)) == .notSQLite)
    }

    @Test func aStoreIsOurs() throws {
        try withStore { store in
            try store.compact()
            #expect(try StoreFileHeader(ofPath: store.file.path) == .ours(version: Schema.version))
        }
    }

    @Test(arguments: [
        (0, 1), (17, 4), (18, 8), (20, 1), (22, 64), (47, 2), (55, 1), (59, 2), (62, 1), (68, 16), (71, 1),
    ])
    func aStoreWhoseHeaderHasATurnedBitIsDamagedAndMended(byte: Int, bit: UInt8) throws {
        try withStore { store in
            try store.compact()
            let sound = try Array(Data(contentsOf: store.file).prefix(StoreFileHeader.length))
            var header = sound
            header[byte] ^= bit
            guard case .damaged = StoreFileHeader(header) else {
                Issue.record("\(StoreFileHeader(header)) for byte \(byte)")
                return
            }
            let size = try #require(try store.file.resourceValues(forKeys: [.fileSizeKey]).fileSize)
            #expect(
                StoreFileHeader.mended(header, fileSize: UInt64(size))
                    == StoreFileHeader.mended(sound, fileSize: UInt64(size)))
            #expect(
                StoreFileHeader(StoreFileHeader.mended(header, fileSize: UInt64(size)))
                    == .ours(version: Schema.version))
        }
    }

    @Test func aDatabaseWithTablesOrAnotherNumberIsForeign() throws {
        #expect(try header(ofDatabaseWith: "CREATE TABLE t (x)") == .foreign(applicationID: 0))
        #expect(try header(ofDatabaseWith: "PRAGMA application_id = 77") == .foreign(applicationID: 77))
    }

    @Test func aStoreWhoseTablesAreInItsLogLooksNew() throws {
        try withStore { store in
            let header = try StoreFileHeader(ofPath: store.file.path)
            #expect(header == .new)
        }
    }

    @Test func aDatabaseWithNothingInItIsNew() throws {
        #expect(try header(ofDatabaseWith: "CREATE TABLE t (x); DROP TABLE t") == .new)
    }

    private func header(ofDatabaseWith sql: String) throws -> StoreFileHeader {
        try withTemporaryDirectory { directory in
            let path = directory.appendingPathComponent("other.sqlite").path
            try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
            return try StoreFileHeader(ofPath: path)
        }
    }
}
