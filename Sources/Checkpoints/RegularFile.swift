import Foundation

/// Reads a small file whole: never a pipe, which may have nobody at its other end, nor a device, which may have no end.
public enum RegularFile {
    /// Why a file is not read.
    public enum Fault: Error, Equatable, Sendable {
        /// There is none.
        case absent
        /// A directory, a pipe, a socket or a device.
        case notRegular
        /// More bytes than it may have.
        case tooLarge(bytes: Int)
        /// The system refuses; its error number.
        case refused(Int32)
    }

    /// The bytes of a file of at most `limit` bytes; symbolic links are followed.
    public static func contents(of file: URL, atMost limit: Int) throws(Fault) -> Data {
        let descriptor = try open(file)
        defer { close(descriptor) }
        var bytes = Data()
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .refused(errno) }
            bytes.append(contentsOf: piece[..<count])
            // A file that grows while it is read has an end too.
            guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count) }
        }

        func open(_ file: URL) throws(Fault) -> Int32 {
            try check(file)
            // Without O_NONBLOCK, opening a pipe that has come since would wait for a writer.
            let descriptor = Foundation.open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { throw errno == ENOENT ? .absent : .refused(errno) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, isRegular(status), Int(status.st_size) <= limit else {
                close(descriptor)
                throw isRegular(status) ? .tooLarge(bytes: Int(status.st_size)) : .notRegular
            }
            return descriptor
        }
    }

    /// The bytes of a regular file of any size, which are read when they are looked at.
    ///
    /// - throws: ``Fault`` where no regular file stands there, Foundation's error where it cannot be mapped.
    package static func mapped(_ file: URL) throws -> Data {
        // Of an empty file nothing can be mapped, and Foundation would lose the memory that it reads into instead.
        guard try check(file) > 0 else { return Data() }
        return try Data(contentsOf: file, options: .alwaysMapped)
    }

    /// The bytes that a regular file has; throws unless one stands there.
    ///
    /// Nothing is opened, which a device or a pipe's writer would notice.
    @discardableResult
    package static func check(_ file: URL) throws(Fault) -> Int {
        var status = stat()
        guard stat(file.path, &status) == 0 else { throw errno == ENOENT ? .absent : .refused(errno) }
        guard isRegular(status) else { throw .notRegular }
        return Int(status.st_size)
    }

    private static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }
}
