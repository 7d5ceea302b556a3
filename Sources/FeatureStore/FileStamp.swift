import Foundation

/// What the file system says of a regular file; as long as it stays the same, so does the content.
///
/// The time of the last status change is part of it, because swapping two files of one size and modification time by
/// renaming them changes nothing else.
struct FileStamp: Equatable, Sendable {
    /// Bytes.
    var size: Int64
    /// The last change of content, in nanoseconds since 1970.
    var modified: Int64
    /// The last change of content, name or rights, in nanoseconds since 1970.
    var changed: Int64

    /// Asks for the file at a path; symbolic links are followed.
    init(ofPath path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
        try self.init(status, path: path)
    }

    /// Asks for an open file.
    init(ofDescriptor descriptor: Int32, path: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
        try self.init(status, path: path)
    }

    init(size: Int64, modified: Int64, changed: Int64) {
        (self.size, self.modified, self.changed) = (size, modified, changed)
    }

    /// Bytes of a file that is looked at more closely.
    private static let large: Int64 = 16 << 30

    private init(_ status: stat, path: String) throws {
        guard status.st_mode & S_IFMT == S_IFREG else { throw FeatureStoreError.notRegular(path: path) }
        // A file of holes costs its maker nothing and its reader hours.
        let (bytes, stored) = (Int64(status.st_size), Int64(status.st_blocks) * 512)
        guard bytes < Self.large || stored > bytes / 1000 else {
            throw FeatureStoreError.hollow(path: path, bytes: bytes, stored: stored)
        }
        size = Int64(status.st_size)
        modified = nanoseconds(status.st_mtim)
        changed = nanoseconds(status.st_ctim)
    }

    /// Whether a file hashed at `moment` could have changed since without moving its modification time.
    ///
    /// File systems keep times as coarse as two seconds (FAT), so a content written that shortly before it was hashed
    /// can be followed by another with the same time; git calls such an entry racily clean.
    func isRacy(hashedAt moment: Int64) -> Bool {
        moment &- modified < 2_000_000_000
    }

    /// The present moment on the clock that stamps files, in nanoseconds since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }
}

private func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}
