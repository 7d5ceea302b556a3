import Foundation
import GRDB

/// How a store's file is opened: who else may be at it, and what is asked of the file system.
public enum StoreAccess: Sendable, Equatable {
    /// Written and read beside other processes on the same machine: write-ahead log, locks, shared memory.
    case shared
    /// Read beside other processes on the same machine.
    case reading
    /// Written by this process and nobody else, on any file system: a rollback journal, neither locks nor shared memory.
    ///
    /// An ``Ownership`` beside the file keeps a second process out. A database with a write-ahead log is refused: it is a
    /// shared one.
    case alone
    /// Read although nothing keeps others from writing: no locks, no shared memory, nothing made beside the file, so that it
    /// may lie on a medium that cannot be written.
    ///
    /// What is in a write-ahead log is not seen; a transaction that was cut off is, and refused
    /// (``FeatureStoreError/cutOff(file:)``). Whoever writes meanwhile may give a reader of pages that do not fit each other
    /// the impression of damage: rows have checksums.
    case still

    var isReadOnly: Bool { self == .reading || self == .still }

    /// The file under the name by which SQLite asks the file system for no locks.
    ///
    /// In the words of the manual, "The nolock parameter is a boolean query parameter which if true disables all calls to the
    /// xLock, xUnlock, and xCheckReservedLock methods of the VFS", and "The immutable parameter […] indicates that the
    /// database file is stored on read-only media", without which a database with a write-ahead log asks for shared memory
    /// (<https://www.sqlite.org/uri.html>).
    func name(of file: URL) throws -> String {
        let isLogged = try StoreFileHeader.isLogged(file.path)
        guard self == .still || !isLogged else { throw FeatureStoreError.sharedStore(file: file.path) }
        guard try Self.hasURINames else { return file.path }
        return "file://\(Self.escaped(file.path))?" + (isLogged ? "immutable=1" : "nolock=1")
    }

    /// An SQLite built without such names would take one for a file's: it locks then, where there are locks.
    private static var hasURINames: Bool {
        get throws {
            try DatabaseQueue().read { try String.fetchSet($0, sql: "PRAGMA compile_options").contains("USE_URI") }
        }
    }

    private static func escaped(_ path: String) -> String {
        path.utf8.reduce(into: "") { name, byte in
            let isPlain =
                byte < 128 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
            name +=
                isPlain || "/._-".utf8.contains(byte)
                ? String(Unicode.Scalar(byte)) : String(format: "%%%02X", Int(byte))
        }
    }
}
