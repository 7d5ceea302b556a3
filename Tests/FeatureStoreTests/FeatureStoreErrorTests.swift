import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreErrorTests {
    private let file = "/cache/features.sqlite"

    @Test func aTextFileIsRefusedAndStaysAsItIs() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            let text = Data(String(repeating: "not a database\n", count: 20).utf8)
            try text.write(to: file)
            expectDiagnosis(
                """
                the feature store is not an SQLite database
                  where:    \(file.path)
                  found:    other content
                  expected: a file that Timbre made, or none
                  try:      mv \(file.path) \(file.path).aside
                """, exit: .badData
            ) { try FeatureStore(at: file) }
            try expectUntouched(file, text)
        }
    }

    @Test func anotherProgramsDatabaseIsRefusedAndStaysAsItIs() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try DatabaseQueue(path: file.path).write {
                try $0.execute(sql: "PRAGMA application_id = 77; CREATE TABLE t (x)")
            }
            let content = try Data(contentsOf: file)
            expectDiagnosis(
                """
                the feature store is another program's database
                  where:    \(file.path)
                  found:    application id 77
                  expected: application id 1414349394
                  try:      mv \(file.path) \(file.path).aside
                """, exit: .badData
            ) { try FeatureStore(at: file) }
            try expectUntouched(file, content)
        }
    }

    @Test func anotherProgramsTablesThatAreOnlyInItsLogAreRefusedAndStay() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            let other = try DatabasePool(path: file.path)
            try other.write { try $0.execute(sql: "CREATE TABLE t (x); INSERT INTO t VALUES (5)") }
            #expect(throws: FeatureStoreError.foreign(file: file.path, applicationID: 0)) {
                try FeatureStore(at: file)
            }
            #expect(try other.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") } == ["t"])
        }
    }

    @Test func aStoreOfANewerTimbreIsRefusedAndStaysAsItIs() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try FeatureStore(at: file).compact()
            try DatabaseQueue(path: file.path).writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA user_version = 99")
                _ = try database.checkpoint(.truncate)
            }
            let content = try Data(contentsOf: file)
            expectDiagnosis(
                """
                a newer Timbre wrote the feature store
                  where:    \(file.path)
                  found:    schema version 99
                  expected: at most version \(Schema.version)
                  try:      use the newer Timbre; or, to start afresh, mv \(file.path) \(file.path).aside
                """, exit: .badData
            ) { try FeatureStore(at: file) }
            try expectUntouched(file, content)
        }
    }

    @Test func aReaderFindsAStoreOfAnEarlierTimbre() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            _ = try DatabaseQueue(path: file.path).write { try Schema.migrate($0, file: file.path, steps: 2) }
            expectDiagnosis(
                """
                an earlier Timbre wrote the feature store
                  where:    \(file.path)
                  found:    schema version 2
                  expected: version \(Schema.version)
                  try:      timbre status PIPELINE.yaml, which brings it up to date
                """, exit: .badData
            ) { try FeatureStore(at: file, readOnly: true) }
        }
    }

    @Test func aReaderFindsNoStore() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            expectDiagnosis(
                """
                there is no feature store
                  where:    \(file.path)
                  try:      timbre run PIPELINE.yaml, which makes it
                """, exit: .missingInput
            ) { try FeatureStore(at: file, readOnly: true) }
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(names.isEmpty)
        }
    }

    @Test func aReaderFindsADatabaseThatIsNoStoreYet() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try DatabaseQueue(path: file.path).write { try $0.execute(sql: "CREATE TABLE t (x); DROP TABLE t") }
            #expect(throws: FeatureStoreError.absent(file: file.path)) { try FeatureStore(at: file, readOnly: true) }
        }
    }

    @Test func aDirectoryInTheStoresPlaceIsRefused() throws {
        try withTemporaryDirectory { directory in
            expectDiagnosis(
                """
                not a regular file
                  where:    \(directory.path)
                  found:    a directory, a pipe or a device
                  expected: a file
                """, exit: .badData
            ) { try FeatureStore(at: directory) }
        }
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
    func aDirectoryThatMayNotBeWrittenIsRefused() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            chmod(directory.path, 0o500)
            defer { chmod(directory.path, 0o700) }
            expectDiagnosis(
                """
                cannot open or write the feature store
                  where:    \(file.path)
                  found:    unable to open database file
                  expected: a directory and a file that may be written
                  try:      ls -ld \(directory.path) \(file.path)
                """, exit: .cannotCreate
            ) { try FeatureStore(at: file) }
        }
    }

    @Test func aDirectoryThatCannotBeMadeIsRefused() throws {
        try withTemporaryDirectory { directory in
            let obstacle = directory.appendingPathComponent("cache")
            try Data("a file".utf8).write(to: obstacle)
            let file = obstacle.appendingPathComponent("sub/features.sqlite")
            #expect(throws: FeatureStoreError.self) { try FeatureStore(at: file) }
        }
    }

    @Test func writingToAReadOnlyStoreIsRefused() throws {
        try withStore { store in
            let reader = try FeatureStore(at: store.file, readOnly: true)
            expectDiagnosis(
                """
                cannot open or write the feature store
                  where:    \(store.file.path)
                  found:    attempt to write a readonly database
                  expected: a directory and a file that may be written
                  try:      ls -ld \(store.file.deletingLastPathComponent().path) \(store.file.path)
                """, exit: .cannotCreate
            ) { try reader.record(clip(1), stage: "clips", facts: "{}") }
        }
    }

    @Test func aFullDisk() {
        expectDiagnosis(
            """
            the disk is full
              where:    /cache/features.sqlite
              try:      df -h /cache; what was stored before is kept
            """, exit: .inputOutput
        ) { throw FeatureStoreError(DatabaseError(resultCode: .SQLITE_FULL), file: file) }
    }

    @Test func aFailingDisk() {
        expectDiagnosis(
            """
            cannot read or write the feature store
              where:    /cache/features.sqlite
              found:    disk I/O error
              try:      df -h /cache; what was stored before is kept
            """, exit: .inputOutput
        ) {
            let error = DatabaseError(resultCode: .SQLITE_IOERR_WRITE, message: "disk I/O error")
            throw FeatureStoreError(error, file: file)
        }
    }

    @Test func aStoreThatStaysLocked() {
        expectDiagnosis(
            """
            the feature store stays locked
              where:    /cache/features.sqlite
              found:    another process that is writing
              try:      fuser /cache/features.sqlite, to see which
            """, exit: .inputOutput
        ) { throw FeatureStoreError(DatabaseError(resultCode: .SQLITE_BUSY), file: file) }
    }

    @Test func aDamagedStructure() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try FeatureStore(at: file).store(embedding(1), clip: clip(1), recipe: recipe)
            try overwriteRoot(of: "embeddings", in: file)
            expectDiagnosis(
                """
                the feature store is damaged
                  where:    \(file.path)
                  found:    database disk image is malformed
                  try:      timbre cache verify --drop --cache \(directory.path)
                """, exit: .badData
            ) { try FeatureStore(at: file).embeddings(of: [clip(1)], recipe: recipe, layers: [0]) }
        }
    }

    @Test func aStatementThatIsRefused() throws {
        try withStore { store in
            expectDiagnosis(
                """
                the feature store refused a statement
                  where:    \(store.file.path)
                  found:    bad parameter or other API misuse
                """, exit: .internalFault
            ) {
                let error = DatabaseError(resultCode: .SQLITE_MISUSE, message: "bad parameter or other API misuse")
                throw FeatureStoreError(error, file: store.file.path)
            }
        }
    }

    @Test func anEmbeddingThatIsNotFinite() throws {
        try withStore { store in
            let broken = Embedding(layers: 1, hidden: 3, frames: 9, values: [0, 1, .nan], instructionSet: "")
            expectDiagnosis(
                """
                an embedding is not finite
                  where:    clip \(clip(1))
                  found:    NaN or infinity at value 2
                  expected: finite values
                  try:      another encoder: this one's weights do not compute
                """, exit: .badData
            ) { try store.store(broken, clip: clip(1), recipe: recipe) }
            let missing = try store.missing([clip(1)], recipe: recipe)
            #expect(missing == [clip(1)])
        }
    }

    @Test func aLayerThatIsNotThere() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            expectDiagnosis(
                """
                there is no such layer
                  found:    3
                  expected: 0 to 2
                """, exit: .badData
            ) { try store.embeddings(of: [clip(1)], recipe: recipe, layers: [0, 3]) }
        }
    }

    private func expectUntouched(
        _ file: URL, _ content: Data, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try Data(contentsOf: file) == content, sourceLocation: sourceLocation)
        let directory = file.deletingLastPathComponent().path
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        #expect(names == [file.lastPathComponent], sourceLocation: sourceLocation)
    }

    @Test func aStoreThatIsDeletedWhileItIsOpenTakesNothingMore() throws {
        for suffix in ["", "-wal"] {
            try withTemporaryDirectory { directory in
                let file = directory.appendingPathComponent("features.sqlite")
                let store = try FeatureStore(at: file)
                try store.store(embedding(1), clip: clip(1), recipe: recipe)
                let place = file.path + suffix
                try FileManager.default.removeItem(atPath: place)
                expectDiagnosis(
                    """
                    the feature store was deleted or replaced while it was in use
                      where:    \(place)
                      found:    no file, or another one
                      expected: the file that was opened, until the end
                      try:      run again; what went into the deleted file is made again
                    """, exit: .inputOutput
                ) { try store.store(embedding(2), clip: clip(2), recipe: recipe) }
                try Data("another".utf8).write(to: URL(fileURLWithPath: place))
                #expect(throws: FeatureStoreError.displaced(file: place)) {
                    try store.missing([clip(1)], recipe: recipe)
                }
            }
        }
    }

    @Test func aConnectionThatIsOpenedTooLateTellsWhatHasHappenedToTheStore() throws {
        for replacement in Replacement.allCases {
            try withTemporaryDirectory { directory in
                let file = directory.appendingPathComponent("features.sqlite")
                let store = try FeatureStore(at: file)
                try store.store(embedding(1), clip: clip(1), recipe: recipe)
                for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: file.path + suffix) }
                try replacement.put(at: file)
                try whileReading(store) {
                    #expect(throws: FeatureStoreError.displaced(file: file.path), "\(replacement)") {
                        try store.missing([clip(1)], recipe: recipe)
                    }
                }
            }
        }
    }

    /// What may stand where the store was.
    private enum Replacement: CaseIterable {
        case nothing, directory, otherContent, storeWithoutItsLog, emptyStore

        func put(at file: URL) throws {
            switch self {
            case .nothing: break
            case .directory: try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
            case .otherContent: try Data(repeating: 7, count: 8192).write(to: file)
            case .storeWithoutItsLog:
                let other = file.deletingLastPathComponent().appendingPathComponent("other.sqlite")
                try FeatureStore(at: other).close()
                try FileManager.default.copyItem(at: other, to: file)
            case .emptyStore: try Data().write(to: file)
            }
        }
    }

    /// Calls `body` while the connections that the store has opened for reading are all in use.
    private func whileReading(_ store: FeatureStore, _ body: () throws -> Void) throws {
        let (begun, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let reading = DispatchGroup()
        DispatchQueue.global().async(group: reading) {
            try? store.read { _ in
                begun.signal()
                ended.wait()
            }
        }
        begun.wait()
        defer {
            ended.signal()
            reading.wait()
        }
        try body()
    }
}
