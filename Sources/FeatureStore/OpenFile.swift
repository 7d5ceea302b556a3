import Crypto
import Foundation

/// A regular file open for reading, and the stamp that it had when it was opened.
public final class OpenFile: Sendable {
    /// For `pread`, as long as this object lives.
    public let descriptor: Int32
    let stamp: FileStamp
    /// In nanoseconds since 1970.
    let openedAt: Int64
    private let path: String

    /// Opens the file at a path; symbolic links are followed.
    ///
    /// - throws: ``FeatureStoreError`` when the file is absent, unreadable or not regular.
    public init(path: String) throws {
        // Opening a pipe would let a writer that waits for a reader go on, into nothing.
        _ = try FileStamp(ofPath: path)
        // Without O_NONBLOCK, opening a pipe that has come since would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
        openedAt = FileStamp.now
        do {
            stamp = try FileStamp(ofDescriptor: descriptor, path: path)
        } catch {
            close(descriptor)
            throw error
        }
        (self.descriptor, self.path) = (descriptor, path)
    }

    deinit { close(descriptor) }

    /// Bytes when it was opened.
    public var size: Int { Int(stamp.size) }

    /// Whether the file is what it was when it was opened.
    public var isUnchanged: Bool { (try? FileStamp(ofDescriptor: descriptor, path: path)) == stamp }

    /// All bytes, for a file that is small enough.
    public func contents() throws -> Data {
        var contents = Data()
        contents.reserveCapacity(size)
        try forEachPiece { contents.append(contentsOf: $0) }
        return contents
    }

    /// Hashes the content, a piece at a time.
    public func digest() throws -> Digest {
        var hash = SHA256()
        try forEachPiece { hash.update(bufferPointer: $0) }
        return Digest(finishing: hash)
    }

    private func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) throws {
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        var offset = 0
        while true {
            let count = pread(descriptor, &piece, piece.count, off_t(offset))
            if count == 0 { return }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FeatureStoreError.cannotRead(path: path, code: errno) }
            piece.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
    }
}
