/// A line and column of a text, both from 1; columns count Unicode scalars, as libyaml does.
struct SourceMark: Sendable, Hashable {
    let line: Int
    let column: Int

    static let start = SourceMark(line: 1, column: 1)
}

/// A position in a stage file or in a `--set`, with the key path that leads to it.
public struct SourcePlace: Sendable, Equatable, CustomStringConvertible {
    /// The path of the stage file, or `--set PATH=VALUE`.
    public let source: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1, in Unicode scalars.
    public let column: Int
    /// The keys that lead here, such as `heads.optimizer.learningRate` or `heads.seed[1]`; empty for the whole file.
    public let keyPath: String
    /// The line's text, cut around the column where it is long.
    public let excerpt: String
    /// Whether the position is in a `--set` rather than in a file.
    public let isOverride: Bool

    init(_ mark: SourceMark, in source: SourceText, keyPath: String = "") {
        self.source = source.name
        line = mark.line
        column = mark.column
        self.keyPath = keyPath
        isOverride = source.isOverride
        let lines = source.lines
        excerpt = lines.indices.contains(mark.line - 1) ? Self.cut(lines[mark.line - 1], around: mark.column) : ""
    }

    /// `pipelines/x.yaml:12:9 (heads.epochs)` with the source line under it; a `--set` is its own source line.
    public var description: String {
        let path = keyPath.isEmpty ? "" : " (\(keyPath))"
        if isOverride { return source + path }
        let position = "\(source):\(line):\(column)\(path)"
        return excerpt.isEmpty ? position : "\(position)\n\(line) | \(excerpt)"
    }

    private static let longestExcerpt = 88

    private static func cut(_ line: String, around column: Int) -> String {
        let scalars = Array(line.unicodeScalars)
        guard scalars.count > longestExcerpt else { return line }
        let start = min(max(0, column - 1 - longestExcerpt / 2), scalars.count - longestExcerpt)
        let end = start + longestExcerpt
        var window = String.UnicodeScalarView()
        window.append(contentsOf: scalars[start..<end])
        return (start > 0 ? "…" : "") + String(window) + (end < scalars.count ? "…" : "")
    }
}
