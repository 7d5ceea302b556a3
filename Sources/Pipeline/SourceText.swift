import Foundation

/// The text that messages point into: a stage file, or one `--set` of the command line.
final class SourceText: Sendable {
    /// More than any stage file needs, and little enough to read and parse at once.
    static let largestFile = 256 << 10

    /// How messages call it: the file's path as the caller gave it, or `--set PATH=VALUE`.
    let name: String
    let text: String
    let isOverride: Bool
    /// Lines as libyaml counts them.
    let lines: [String]

    init(_ text: String, named name: String, isOverride: Bool = false) {
        self.name = name
        self.text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
        self.isOverride = isOverride
        lines = Self.split(self.text)
    }

    /// Reads a stage file of bounded size; its bytes must be UTF-8.
    convenience init(contentsOf file: URL) throws {
        let name = file.relativePath
        let bytes = try Self.read(file, named: name)
        guard bytes.count <= Self.largestFile else { throw PipelineError.tooLarge(file: name, limit: Self.largestFile) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw PipelineError.notUTF8(file: name) }
        self.init(text, named: name)
    }

    /// One byte more than allowed is read, so that an endless file is found out without reading it.
    ///
    /// A pipe is read too, such as a shell's `<(…)`; one that nobody writes to is empty, and is not waited for.
    private static func read(_ file: URL, named name: String) throws -> Data {
        let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? PipelineError.notFound(file: name) : PipelineError.unreadable(file: name)
        }
        defer { close(descriptor) }
        // Opening did not wait for a writer; reading waits for what a writer that is there still has to say.
        guard fcntl(descriptor, F_SETFL, O_RDONLY) == 0 else { throw PipelineError.unreadable(file: name) }
        var bytes = Data()
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= largestFile {
            let count = Foundation.read(descriptor, &piece, piece.count)
            if count == 0 { break }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw PipelineError.unreadable(file: name) }
            bytes.append(contentsOf: piece[..<count])
        }
        return bytes
    }

    private static func split(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if !(scalar == "\n" && previous == "\r") {
                if isLineBreak(scalar) {
                    lines.append(String(line))
                    line = String.UnicodeScalarView()
                } else {
                    line.append(scalar)
                }
            }
            previous = scalar
        }
        return lines + [String(line)]
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }
}
