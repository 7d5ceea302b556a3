import Foundation

/// A folder of this process's own for what readers take by path.
///
/// Whoever starts the process gives it a `TMPDIR` to remove.
enum Scratch {
    static let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid())")

    /// A file of this name with these bytes.
    static func file(_ name: String, _ bytes: Data) throws -> URL {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
        return file
    }
}

extension Data {
    /// The bytes cut at form feeds into as many parts as there are names of files, empty where there are too few.
    func parts(_ count: Int) -> [Data] {
        let parts = split(separator: UInt8(ascii: "\u{c}"), maxSplits: count - 1, omittingEmptySubsequences: false)
        return parts.map { Data($0) } + [Data](repeating: Data(), count: count - parts.count)
    }
}
