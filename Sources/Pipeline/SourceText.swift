import Foundation

/// The text that messages point into: a stage file, or one `--set` of the command line.
final class SourceText: Sendable {
    /// More than any stage file needs, and little enough to read and parse at once.
    static let largestFile = 1 << 20

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
    private static func read(_ file: URL, named name: String) throws -> Data {
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            return try handle.read(upToCount: largestFile + 1) ?? Data()
        } catch {
            let isAbsent = (error as? CocoaError)?.code == .fileReadNoSuchFile
            throw isAbsent ? PipelineError.notFound(file: name) : PipelineError.unreadable(file: name)
        }
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
