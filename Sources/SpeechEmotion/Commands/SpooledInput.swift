import Foundation

/// What came from a pipe, as a file that can be read from any place: audio formats need that, and memory would grow with
/// the length.
final class SpooledInput: Sendable {
    private let descriptor: Int32

    /// Reads to the end.
    ///
    /// - throws: ``CommandError/standardInput(reason:)``.
    init(_ source: FileHandle) throws {
        var name = Array(
            FileManager.default.temporaryDirectory.appendingPathComponent("timbre-XXXXXX").path.utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw Self.failure(errno) }
        // Without a name the file is gone with this process, however that ends.
        unlink(name)
        try Self.copy(source.fileDescriptor, to: descriptor)
    }

    deinit { close(descriptor) }

    /// A path by which this process can open the file.
    var path: String { "/proc/self/fd/\(descriptor)" }

    private static func copy(_ source: Int32, to target: Int32) throws {
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(source, &piece, piece.count)
            if count == 0 { return }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(errno) }
            if let code = writeAll(piece[..<count], to: target) { throw failure(code) }
        }
    }

    private static func failure(_ code: Int32) -> CommandError {
        .standardInput(reason: systemReason(ofCode: code))
    }
}
