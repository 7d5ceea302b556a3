import Foundation

/// The part of a file that has come so far, under a name that the next run knows: the file's, the beginning of its digest
/// and `.part`.
///
/// No `Draft`, whose name is another in every process and which an interruption removes. Not to be shared by threads.
final class PartialFile {
    let url: URL
    private let descriptor: Int32
    private(set) var byteCount: Int

    /// Opens what there is, or begins it; a link is not followed.
    ///
    /// - throws: ``DownloadError/cannotWrite(file:reason:)``.
    init(of place: URL, digest: ContentDigest) throws {
        url = place.appendingPathExtension("\(digest.hex.prefix(8)).part")
        descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
        byteCount = 0
        guard descriptor >= 0 else { throw failure(lastError()) }
        byteCount = try writing { try Downloads.byteCount(descriptor) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = pwrite(descriptor, piece.baseAddress, piece.count, off_t(byteCount))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(lastError()) }
            byteCount += count
            rest = rest.dropFirst(count)
        }
    }

    /// Begins anew.
    func empty() throws {
        try writing { if ftruncate(descriptor, 0) != 0 { throw lastError() } }
        byteCount = 0
    }

    /// The digest of what has come, of one kind.
    func digest(like expected: ContentDigest) throws -> ContentDigest {
        try writing { try expected.ofFile(descriptor) }
    }

    func remove() { unlink(url.path) }

    /// Gives it the file's own name.
    func publish(to place: URL) throws {
        // A digest that was checked in memory is worth nothing where a power cut leaves a hole on the disk.
        try writing { if fsync(descriptor) != 0 { throw lastError() } }
        try writing { if rename(url.path, place.path) != 0 { throw lastError() } }
    }

    private func writing<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as POSIXError {
            throw failure(error)
        }
    }

    private func failure(_ error: POSIXError) -> DownloadError {
        .cannotWrite(file: url.relativePath, reason: words(of: error))
    }
}
