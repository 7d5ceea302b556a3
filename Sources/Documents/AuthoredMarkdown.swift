import Diagnosis

/// A line that its author wrote in Markdown, such as the question of a stage file, for a page that others read.
///
/// Code spans, emphasis and links keep their meaning. Nothing else does: no HTML, no picture, which would tell its server
/// who reads the page, no link to a script, and nothing at the beginning that makes a heading, a list or a fence out of
/// a paragraph, in which the rest of the page would disappear.
public func authoredMarkdown(_ text: String) -> String {
    let line = Diagnosis.printable(String(text.map { $0.isNewline ? " " : $0 })).unicodeScalars
    var writer = AuthoredLine(Array(line.prefix(longestLine)))
    return writer.markdown() + (line.count > longestLine ? "…" : "")
}

/// Much more than a question needs, and little enough for a reader that looks ahead for the end of each link.
private let longestLine = 4_000

/// Goes through a line code point by code point and escapes what may not stand as it is.
private struct AuthoredLine {
    private let line: [Unicode.Scalar]
    private var place = 0

    init(_ line: [Unicode.Scalar]) { self.line = line }

    mutating func markdown() -> String {
        var result = opensBlock ? "\\" : ""
        while place < line.count { result += next() }
        return result
    }

    private mutating func next() -> String {
        switch line[place] {
        case "\\": return taken(2)
        case "`": return backticks()
        case _ where isMarkup: return "\\" + taken(1)
        default: return taken(1)
        }
    }

    private mutating func taken(_ count: Int) -> String {
        let end = min(line.count, place + count)
        defer { place = end }
        return line[place..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
    }

    /// A whole code span as it is; backticks that begin none are text.
    private mutating func backticks() -> String {
        let fence = run(at: place)
        var end = place + fence
        while end < line.count {
            let length = run(at: end)
            if length == fence { return taken(end + fence - place) }
            end += max(1, length)
        }
        place += fence
        return String(repeating: "\\`", count: fence)
    }

    private func run(at start: Int) -> Int { line[start...].prefix { $0 == "`" }.count }

    private func follows(_ characters: String) -> Bool {
        place + 1 < line.count && characters.unicodeScalars.contains(line[place + 1])
    }

    /// Whether the character would begin HTML, an entity, a cell, a picture, a definition or a link that is not harmless.
    private var isMarkup: Bool {
        switch line[place] {
        case "<", "&", "|": true
        case "!": follows("[")
        case "]": follows(":[") || follows("(") && !leadsToHarmlessPlace
        default: false
        }
    }

    /// Whether what stands behind `](` is a target that a page may link to.
    private var leadsToHarmlessPlace: Bool {
        let rest = line[(place + 2)...]
        guard let end = rest.firstIndex(of: ")") else { return false }
        let target = rest[..<end].reduce(into: "") { $0.unicodeScalars.append($1) }
        return target.unicodeScalars.allSatisfy { !"<>&".unicodeScalars.contains($0) } && isHarmlessTarget(target)
    }

    /// Whether the beginning would make the line something other than a paragraph.
    private var opensBlock: Bool {
        switch line.first {
        case "#", ">", "-", "+", "=", "~", ":": true
        case "*": line.count > 1 && line[1].properties.isWhitespace
        default: false
        }
    }
}
