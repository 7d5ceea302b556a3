import Diagnosis
import Foundation
import GRDB

/// Why the store or a file that it was asked to hash cannot be used.
public enum FeatureStoreError: DiagnosableError, Equatable {
    /// The file is not an SQLite database.
    case notSQLite(file: String)
    /// The file is a database of another program.
    case foreign(file: String, applicationID: UInt32)
    /// A later Timbre wrote the file.
    case newerSchema(file: String, version: Int, known: Int)
    /// An earlier Timbre wrote the file, which is to be read only.
    case olderSchema(file: String, version: Int, known: Int)
    /// The database has tables, indexes, views or triggers that Timbre does not make, or lacks some that it does.
    case strangeSchema(file: String, parts: [String])
    /// A link stands where the database or a file of its log is to be.
    case linked(file: String, link: String)
    /// There is no store to read.
    case absent(file: String)
    /// The store cannot be made or opened for writing.
    case cannotCreate(file: String, reason: String)
    /// The disk is full.
    case diskFull(file: String)
    /// The disk or the file system failed.
    case inputOutput(file: String, reason: String)
    /// The file, or its log, was deleted or replaced after it had been opened.
    case displaced(file: String)
    /// Another process kept the store locked.
    case busy(file: String)
    /// A cache that several processes share was to be written by one alone.
    case sharedStore(file: String)
    /// A process was killed in the middle of a transaction, which only whoever may write can take back.
    case cutOff(file: String)
    /// The database's own structures are damaged.
    case damaged(file: String, reason: String)
    /// SQLite refused a statement.
    case refused(file: String, reason: String)
    /// An embedding holds NaN or infinity.
    case notFinite(clip: Digest, index: Int)
    /// A layer was asked for that the encoder does not have.
    case noSuchLayer(layer: Int, layers: Int)
    /// A file to hash is absent or unreadable; `code` is the system's error number.
    case cannotRead(path: String, code: Int32)
    /// A directory, a pipe or a device instead of a file.
    case notRegular(path: String)
    /// A file that says it is large and has next to nothing on the disk.
    case hollow(path: String, bytes: Int64, stored: Int64)
    /// A file to hash changed both times it was read.
    case changedWhileRead(path: String)

    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .notSQLite(let file):
            Diagnosis(
                "the feature store is not an SQLite database", place: file, found: "other content",
                expected: "a file that Timbre made, or none", remedy: moveAside(file), exit: .badData)
        case .foreign(let file, let applicationID):
            Diagnosis(
                "the feature store is another program's database", place: file,
                found: "application id \(applicationID)", expected: "application id \(Schema.applicationID)",
                remedy: moveAside(file), exit: .badData)
        case .newerSchema(let file, let version, let known):
            Diagnosis(
                "a newer Timbre wrote the feature store", place: file, found: "schema version \(version)",
                expected: "at most version \(known)",
                remedy: "use the newer Timbre; or, to start afresh, \(moveAside(file))", exit: .badData)
        case .olderSchema(let file, let version, let known):
            Diagnosis(
                "an earlier Timbre wrote the feature store", place: file, found: "schema version \(version)",
                expected: "version \(known)", remedy: "timbre status PIPELINE.yaml, which brings it up to date",
                exit: .badData)
        case .strangeSchema(let file, let parts):
            Diagnosis(
                "the feature store is not built as Timbre builds it", place: file,
                found: parts.joined(separator: ", "),
                expected: "the tables and indexes that Timbre makes, and no others",
                remedy: Self.rescue(of: file), exit: .badData)
        case .linked(let file, let link):
            Diagnosis(
                "a link stands where the feature store writes", place: file, found: link,
                expected: "a file, or nothing",
                remedy: link == file
                    ? "name the directory that has the store with --cache, or make the directory \(directory(file)) the link"
                    : "rm \(word(link)), if nobody needs it", exit: .cannotCreate)
        case .absent(let file):
            Diagnosis(
                "there is no feature store", place: file, remedy: "timbre run PIPELINE.yaml, which makes it",
                exit: .missingInput)
        case .cannotCreate(let file, let reason):
            Diagnosis(
                "cannot open or write the feature store", place: file, found: reason,
                expected: "a directory and a file that may be written",
                remedy: "ls -ld \(directory(file)) \(word(file))",
                exit: .cannotCreate)
        case .diskFull(let file):
            Diagnosis(
                "the disk is full", place: file, remedy: "df -h \(directory(file)); what was stored before is kept",
                exit: .inputOutput)
        case .inputOutput(let file, let reason):
            Diagnosis(
                "cannot read or write the feature store", place: file, found: reason,
                remedy: "df -h \(directory(file)); what was stored before is kept", exit: .inputOutput)
        case .displaced(let file):
            Diagnosis(
                "the feature store was deleted or replaced while it was in use", place: file,
                found: "no file, or another one", expected: "the file that was opened, until the end",
                remedy: "run again; what went into the deleted file is made again", exit: .inputOutput)
        case .busy(let file):
            Diagnosis(
                "the feature store stays locked", place: file, found: "another process that is writing",
                remedy: "fuser \(word(file)), to see which", exit: .inputOutput)
        case .sharedStore(let file):
            Diagnosis(
                "a cache that processes share cannot be written as a shard", place: file,
                found: "a database with a write-ahead log", expected: "a file that `timbre embed-shard` made, or none",
                remedy: "name another --output", exit: .cannotCreate)
        case .cutOff(let file):
            Diagnosis(
                "a process was killed while it wrote the file", place: file, found: "a transaction that was cut off",
                expected: "a file whose writer ended",
                remedy: "run the command that wrote it again, which takes it back",
                exit: .badData)
        case .damaged(let file, let reason):
            Diagnosis(
                "the feature store is damaged", place: file, found: reason,
                remedy: Self.rescue(of: file), exit: .badData)
        case .refused(let file, let reason):
            Diagnosis("the feature store refused a statement", place: file, found: reason, exit: .internalFault)
        case .notFinite(let clip, let index):
            Diagnosis(
                "an embedding is not finite", place: "clip \(clip)", found: "NaN or infinity at value \(index)",
                expected: "finite values", remedy: "another encoder: this one's weights do not compute",
                exit: .badData)
        case .noSuchLayer(let layer, let layers):
            Diagnosis(
                "there is no such layer", found: "\(layer)", expected: "0 to \(layers - 1)", exit: .badData)
        case .cannotRead(let path, let code):
            Diagnosis(
                "cannot read the file", place: path, found: systemWords(code), remedy: "ls -l \(word(path))",
                exit: .missingInput)
        case .notRegular(let path):
            Diagnosis(
                "not a regular file", place: path, found: "a directory, a pipe or a device", expected: "a file",
                exit: .badData)
        case .hollow(let path, let bytes, let stored):
            Diagnosis(
                "the file is hollow", place: path, found: "\(bytes) bytes, of which \(stored) are on the disk",
                expected: "a file whose content is there", exit: .badData)
        case .changedWhileRead(let path):
            Diagnosis(
                "the file changed while it was read", place: path, remedy: "run again when nothing writes to it",
                exit: .inputOutput)
        }
    }

    /// Whether the store's own file is damaged, or not built as Timbre builds it, so that a rescue can help.
    public var isDamage: Bool {
        switch self {
        case .damaged, .strangeSchema: true
        default: false
        }
    }

    /// The command that saves what is sound of a damaged store.
    public static func rescue(of file: String) -> String {
        "timbre cache verify --drop --cache \(Diagnosis.shellWord(URL(fileURLWithPath: file).deletingLastPathComponent().path))"
    }

    private func word(_ path: String) -> String { Diagnosis.shellWord(path) }

    private func moveAside(_ file: String) -> String { "mv \(word(file)) \(word(file + ".aside"))" }

    private func directory(_ file: String) -> String {
        word(URL(fileURLWithPath: file).deletingLastPathComponent().path)
    }

    /// The system's sentence for an error number, as ours begin: in lower case.
    private func systemWords(_ code: Int32) -> String {
        let words = String(cString: strerror(code))
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}

/// Runs `body` and turns what SQLite and GRDB throw into facts about `file`.
func translatingErrors<Result>(of file: URL, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw FeatureStoreError(error, file: file.path)
    } catch let error as RowDecodingError {
        throw FeatureStoreError.damaged(file: file.path, reason: "\(error)")
    }
}

extension FeatureStoreError {
    init(_ error: DatabaseError, file: String) {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .busy(file: file)
        case .SQLITE_FULL: self = .diskFull(file: file)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK: self = .cutOff(file: file)
        case .SQLITE_IOERR: self = .inputOutput(file: file, reason: reason)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self = .cannotCreate(file: file, reason: reason)
        case .SQLITE_NOTADB: self = .notSQLite(file: file)
        // Our statements fit our tables; where SQLite finds that they do not, the definitions or an index are damaged.
        case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA, .SQLITE_TOOBIG:
            self = .damaged(file: file, reason: reason)
        default: self = .refused(file: file, reason: reason)
        }
    }
}
