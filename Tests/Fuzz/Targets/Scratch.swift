import Foundation

/// A folder of this process's own for what readers take by path.
///
/// Whoever starts the process gives it a `TMPDIR` to remove.
enum Scratch {
    static let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid())")

    /// A file of this name with these bytes.
    static func file(_ name: String, _ bytes: Data) throws -> URL {
        let file = folder.appendingPathComponent(name)
        let descriptor = try opened(file)
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw CocoaError(.fileWriteUnknown) }
        return file
    }

    private static func opened(_ file: URL) throws -> Int32 {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor >= 0 { return descriptor }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        return try opened(file)
    }
}

extension Data {
    /// The bytes cut at form feeds into as many parts as there are names of files, empty where there are too few.
    func parts(_ count: Int) -> [Data] {
        let parts = split(separator: UInt8(ascii: "\u{c}"), maxSplits: count - 1, omittingEmptySubsequences: false)
        return parts.map { Data($0) } + [Data](repeating: Data(), count: count - parts.count)
    }
}
