import Diagnosis
import Drawing

/// One line of Markdown as HTML: code spans, strong and emphasised text, links, escapes; anything else is text.
///
/// No HTML passes through: what looks like a tag is shown as it is written. Links lead to other files of the folder or
/// to the web, never to a script.
///
/// Source: the CommonMark specification 0.31, chapter 6, of which this is the part that reports are written in.
public func inlineHTML(of text: String) -> String {
    var parser = InlineParser(Array(text.unicodeScalars))
    return parser.html()
}

/// Goes through a line code point by code point, as the specification does.
private struct InlineParser {
    private let characters: [Unicode.Scalar]
    /// How many emphases and links it is within.
    private let depth: Int
    private var place = 0
    /// Where the last run of so many backticks begins: an opening one behind it is not looked for again and again.
    private let lastFences: [Int: Int]

    /// Each emphasis within another has its own copy of what it encloses: thousands of stars would make as many.
    private static let deepest = 16

    init(_ characters: [Unicode.Scalar], depth: Int = 0) {
        (self.characters, self.depth) = (characters, depth)
        var fences: [Int: Int] = [:]
        var index = 0
        while index < characters.count {
            let length = characters[index...].prefix { $0 == "`" }.count
            if length > 0 { fences[length] = index }
            index += max(1, length)
        }
        lastFences = fences
    }

    mutating func html() -> String {
        var result = ""
        while place < characters.count { result += next() }
        return result
    }

    private mutating func next() -> String {
        switch characters[place] {
        case "\\" where isPunctuation(at: place + 1):
            place += 2
            return xml(String(characters[place - 1]))
        case "`": return codeSpan()
        case "*": return emphasis()
        case "[": return link() ?? plain()
        default: return plain()
        }
    }

    private mutating func plain() -> String {
        place += 1
        return xml(String(characters[place - 1]))
    }

    private func isPunctuation(at index: Int) -> Bool {
        guard index < characters.count else { return false }
        switch characters[index] {
        case "!"..."/", ":"..."@", "["..."`", "{"..."~": return true
        default: return false
        }
    }

    private func run(of character: Unicode.Scalar, at start: Int) -> Int {
        characters[start...].prefix { $0 == character }.count
    }

    /// Text between equally long runs of backticks, in which only an escaped bar is no text, as in a table's cell.
    private mutating func codeSpan() -> String {
        let fence = run(of: "`", at: place)
        guard let end = endOfCode(fence, from: place + fence) else {
            place += fence
            return String(repeating: "`", count: fence)
        }
        var content = withoutEscapedBars((place + fence)..<end)
        if content.first == " ", content.last == " ", content.contains(where: { $0 != " " }) {
            content = Array(content.dropFirst().dropLast())
        }
        place = end + fence
        return "<code>\(xml(text(content)))</code>"
    }

    /// What stands in a range, without the backslashes that keep bars from ending a table's cell.
    private func withoutEscapedBars(_ range: Range<Int>) -> [Unicode.Scalar] {
        range.filter { characters[$0] != "\\" || $0 + 1 == range.upperBound || characters[$0 + 1] != "|" }
            .map { characters[$0] }
    }

    private func endOfCode(_ fence: Int, from start: Int) -> Int? {
        guard let last = lastFences[fence], last >= start else { return nil }
        var index = start
        while index < characters.count {
            let length = run(of: "`", at: index)
            if length == fence { return index }
            index += max(1, length)
        }
        return nil
    }

    private mutating func emphasis() -> String {
        let marks = min(2, run(of: "*", at: place))
        let start = place + marks
        guard depth < Self.deepest, start < characters.count, !characters[start].properties.isWhitespace,
            let end = closing(marks, from: start)
        else {
            place += marks
            return String(repeating: "*", count: marks)
        }
        var inner = InlineParser(Array(characters[start..<end]), depth: depth + 1)
        place = end + marks
        let name = marks == 2 ? "strong" : "em"
        return "<\(name)>\(inner.html())</\(name)>"
    }

    /// Where as many stars close what began before `start`, code spans and escapes left aside.
    private func closing(_ marks: Int, from start: Int) -> Int? {
        var index = start
        while index < characters.count {
            switch characters[index] {
            case "\\": index += 2
            case "`":
                let fence = run(of: "`", at: index)
                index = (endOfCode(fence, from: index + fence) ?? index) + fence
            case "*":
                let length = run(of: "*", at: index)
                if length >= marks, length != 3 - marks, !characters[index - 1].properties.isWhitespace {
                    return index + length - marks
                }
                index += length
            default: index += 1
            }
        }
        return nil
    }

    /// `[text](place)`; nil, and nothing taken, where it is none.
    private mutating func link() -> String? {
        guard let middle = characters[place...].firstIndex(of: "]"), middle + 1 < characters.count,
            characters[middle + 1] == "(", let end = characters[middle...].firstIndex(of: ")")
        else { return nil }
        let target = text(characters[(middle + 2)..<end])
        guard isHarmlessTarget(target) else { return nil }
        var inner = InlineParser(Array(characters[(place + 1)..<middle]), depth: depth + 1)
        place = end + 1
        return "<a href=\"\(xml(target))\">\(inner.html())</a>"
    }

}

private func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
}

/// A place on the web, or in this folder or one beside it, as browsers understand an address.
///
/// By code points: to Swift a colon and the mark behind it are one character, which is no colon. Browsers take blanks and
/// controls out of an address before they look for its scheme, and a backslash for a slash; one that begins with a slash
/// leads out of the folder, with two to another computer.
///
/// Source: the URL standard of the WHATWG, chapter 4.4.
func isHarmlessTarget(_ target: String) -> Bool {
    let scalars = target.unicodeScalars
    guard let first = scalars.first, first != "/",
        scalars.allSatisfy({ $0 > " " && $0 != "\\" && !$0.steersDisplay })
    else { return false }
    guard let colon = scalars.firstIndex(of: ":") else { return true }
    let scheme = scalars[..<colon]
    return scheme.contains("/") || ["http", "https"].contains(String(scheme).lowercased())
}
