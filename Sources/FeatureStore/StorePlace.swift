import Foundation

/// The files that a store's name stood for when it was opened: the database and its log.
///
/// SQLite does not notice when they are deleted or replaced: it writes on into files that nobody will ever open.
struct StorePlace: Sendable {
    private let files: [(path: String, identity: FileIdentity)]

    /// Looks at a store that has just been opened; one that is only read, or has one writer, may have no log.
    init(of store: URL, hasLog: Bool) throws {
        let paths = hasLog ? [store.path, store.path + "-wal"] : [store.path]
        files = try paths.map { ($0, try FileIdentity(of: $0)) }
    }

    /// Throws ``FeatureStoreError/displaced(file:)`` unless the names still stand for the same files.
    func check() throws {
        for (path, identity) in files where try FileIdentity(of: path) != identity {
            throw FeatureStoreError.displaced(file: path)
        }
    }
}

/// Which file a name stands for.
struct FileIdentity: Equatable {
    let device: UInt64
    let number: UInt64

    /// Asks for the file at a path; links are followed.
    ///
    /// - throws: ``FeatureStoreError/displaced(file:)`` where there is none.
    init(of path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FeatureStoreError.displaced(file: path) }
        (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
    }
}
