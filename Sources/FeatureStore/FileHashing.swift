import Foundation

extension Digest {
    /// Hashes a file's content, a piece at a time.
    ///
    /// - throws: ``FeatureStoreError`` when the file is absent, unreadable, not regular or does not hold still.
    public init(hashingFile file: URL) throws {
        self = try HashedFile(path: file.path).digest
    }
}

/// A file's digest and the stamp it had while it was read.
struct HashedFile: Sendable {
    var digest: Digest
    var stamp: FileStamp
    /// When reading began, in nanoseconds since 1970.
    var hashedAt: Int64

    /// Hashes the file at a path; one that changes meanwhile gets a second chance.
    ///
    /// - parameter meanwhile: Runs after each reading and before the file is looked at again, for tests.
    init(path: String, meanwhile: () throws -> Void = {}) throws {
        guard let hashed = try Self.attempt(path, meanwhile) ?? Self.attempt(path, meanwhile) else {
            throw FeatureStoreError.changedWhileRead(path: path)
        }
        self = hashed
    }

    init(digest: Digest, stamp: FileStamp, hashedAt: Int64) {
        (self.digest, self.stamp, self.hashedAt) = (digest, stamp, hashedAt)
    }

    /// One reading; nil when the file changed between its start and its end.
    private static func attempt(_ path: String, _ meanwhile: () throws -> Void) throws -> HashedFile? {
        let file = try OpenFile(path: path)
        let digest = try file.digest()
        try meanwhile()
        return file.isUnchanged ? HashedFile(digest: digest, stamp: file.stamp, hashedAt: file.openedAt) : nil
    }
}

/// Hashes many files, `workers` at a time; the results stand in the order of `paths`.
func hashFiles(_ paths: [String], workers: Int) -> [Result<HashedFile, any Error>] {
    let results = OrderedResults<HashedFile>(count: paths.count)
    DispatchQueue.concurrentPerform(iterations: min(workers, paths.count)) { _ in
        while let index = results.nextIndex() {
            results.finish(index, Result { try HashedFile(path: paths[index]) })
        }
    }
    return results.all
}
