import Diagnosis
import Foundation

/// Looks for what a hostile text has done to what the program wrote: by the rules of the formats, not by those of the
/// code that writes them.
///
/// By code points, as the formats are read: to Swift a bracket and a mark that joins itself to it are one character.
enum HarmSearch {
    /// What is wrong with a file of a report, by its name's ending.
    static func harm(inFile name: String, _ data: Data) -> [String] {
        guard !name.hasSuffix(".npz"), !name.hasSuffix(".safetensors") else { return [] }
        guard let text = String(data: data, encoding: .utf8) else { return ["\(name) is no UTF-8"] }
        var found = steering(text)
        if name.hasSuffix(".csv") { found += formulas(text) }
        if name.hasSuffix(".md") { found += markup(inMarkdown: text) }
        if name.hasSuffix(".html") || name.hasSuffix(".svg") { found += markup(inPage: text) }
        return found.map { "\(name): \($0.prefix(300))" }
    }

    /// Characters that steer a display.
    static func steering(_ text: String) -> [String] {
        text.unicodeScalars.filter { $0.steersDisplay && $0 != "\n" }.prefix(3).map { scalar in
            let around = Diagnosis.printableLine(String(text.prefix { !$0.unicodeScalars.contains(scalar) }.suffix(60)))
            return "\(scalar.escaped) behind \(around)"
        }
    }

    /// Cells that a spreadsheet runs, whether it splits rows at commas or at semicolons.
    static func formulas(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { line in
            (cells(of: String(line)) + line.unicodeScalars.split(separator: ";").dropFirst().map { String($0) })
                .filter(isFormula)
        }.prefix(3).map { "a formula: \($0)" }
    }

    private static func isFormula(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first, cell != "-", Double(cell) == nil else { return false }
        return "=+-@\t\r\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
    }

    /// The cells of a row, as RFC 4180 has them.
    private static func cells(of line: String) -> [String] {
        var (cells, cell, isQuoted): ([String], String, Bool) = ([], "", false)
        let scalars = Array(line.unicodeScalars)
        var index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\"" where isQuoted && index + 1 < scalars.count && scalars[index + 1] == "\"":
                cell += "\""
                index += 1
            case "\"" where isQuoted || cell.isEmpty: isQuoted.toggle()
            case "," where !isQuoted:
                cells.append(cell)
                cell = ""
            case let scalar: cell.unicodeScalars.append(scalar)
            }
            index += 1
        }
        return cells + [cell]
    }
}

extension HarmSearch {
    private static let elements: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "main", "script", "div", "p", "h1", "h2", "h3", "h4", "h5",
        "h6",
        "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "strong", "em", "a", "figure",
        "section", "span",
        "svg", "desc", "g", "rect", "text", "line", "polyline", "circle", "path",
    ]

    /// Elements and attributes that no template has, and whatever stands as `<` and is no whole tag.
    static func markup(inPage text: String) -> [String] {
        let style = /<style>[^<]*<\/style>/.matchingSemantics(.unicodeScalar)
        let program = /<script>(?s:.)*?<\/script>\n<\/body>/.matchingSemantics(.unicodeScalar)
        let page = text.replacing(style, with: "").replacing(program, with: "")
        var found: [String] = []
        var rest = page[...]
        while let start = rest.unicodeScalars.firstIndex(of: "<") {
            rest = rest[start...]
            guard let (end, complaint) = tag(rest) else {
                found.append("a loose < in \(String(rest.prefix(60)))")
                rest = rest[rest.unicodeScalars.index(after: start)...]
                continue
            }
            found += complaint
            rest = rest[end...]
        }
        let scripts = page.matches(of: /<script[^>]*>/.matchingSemantics(.unicodeScalar)).map { String($0.0) }
        return found.prefix(3) + scripts.filter { !$0.contains("type=\"application/json\"") }.map { "a script \($0)" }
    }

    /// Where a tag that the rest begins with ends, and what is wrong with it.
    private static func tag(_ rest: Substring) -> (end: String.Index, complaints: [String])? {
        let doctype = /<!DOCTYPE html>/.matchingSemantics(.unicodeScalar)
        if let found = rest.prefixMatch(of: doctype) { return (found.range.upperBound, []) }
        let element = /<\/?([a-zA-Z0-9]+)((?: [a-zA-Z][a-zA-Z0-9-]*(?::[a-z]+)?="[^"<]*")*) ?\/?>/.matchingSemantics(
            .unicodeScalar)
        guard let found = rest.prefixMatch(of: element) else { return nil }
        let isKnown = elements.contains(String(found.1)) && !runs(attributes: found.2)
        return (found.range.upperBound, isKnown ? [] : ["an element \(found.0)"])
    }

    /// Whether a tag's attributes run something, or lead where no page of a report leads.
    private static func runs(attributes: Substring) -> Bool {
        let attribute = /\ ([a-zA-Z][a-zA-Z0-9-]*(?::[a-z]+)?)="([^"<]*)"/.matchingSemantics(.unicodeScalar)
        return attributes.matches(of: attribute).contains { found in
            let name = found.1.lowercased()
            return name.hasPrefix("on") || name == "href" && leadsAstray(found.2)
                || address(found.2).hasPrefix("javascript:")
        }
    }

    /// A target as browsers take it: without blanks and controls, in any case.
    private static func address(_ target: Substring) -> String {
        String(decoding: target.utf8.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
    }

    /// Whether a link leads to anything but the web, the report's folder and those beside it.
    private static func leadsAstray(_ target: Substring) -> Bool {
        let bytes = Array(address(target).utf8)
        if ["http:", "https:"].contains(where: { bytes.starts(with: $0.utf8) }) { return false }
        let isElsewhere = bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\")
        return isElsewhere || bytes.contains(UInt8(ascii: ":"))
    }

    /// HTML, pictures and links that are not the report's own, tables out of joint, and a fence that hides the rest.
    static func markup(inMarkdown text: String) -> [String] {
        let program = /(?m)^```[a-z]+\n(?s:.)*?\n```$/.matchingSemantics(.unicodeScalar)
        let source = text.replacing(program, with: "")
        let markup = /<|&|```/.matchingSemantics(.unicodeScalar)
        let link = /(!?)\[[^\]]*\]\(([^)]*)\)/.matchingSemantics(.unicodeScalar)
        return source.split(separator: "\n").flatMap { line -> [String] in
            let bare = withoutCodeAndEscapes(Array(line.unicodeScalars))
            let links = bare.matches(of: link).filter { $0.1.isEmpty ? leadsAstray($0.2) : !isOwnPicture($0.2) }
            return (bare.contains(markup) ? ["markup in \(line)"] : []) + links.map { "a link \($0.0)" }
        }.prefix(3) + tablesOutOfJoint(source)
    }

    private static func isOwnPicture(_ target: Substring) -> Bool {
        target.hasSuffix(".svg") && !target.utf8.contains(UInt8(ascii: "/"))
    }

    private static func tablesOutOfJoint(_ text: String) -> [String] {
        var width: Int?
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            guard line.utf8.starts(with: "| ".utf8) else {
                width = nil
                return false
            }
            // Bars separate cells within code spans too, unless escaped.
            let bars = line.unicodeScalars.reduce(into: (count: 0, isEscaped: false)) { state, scalar in
                if scalar == "|" && !state.isEscaped { state.count += 1 }
                state.isEscaped = scalar == "\\" && !state.isEscaped
            }.count
            defer { width = width ?? bars }
            return width.map { $0 != bars } ?? false
        }.prefix(3).map { "a row with other cells: \($0)" }
    }

    private static func withoutCodeAndEscapes(_ line: [Unicode.Scalar]) -> String {
        var (result, index) = (String.UnicodeScalarView(), 0)
        func ticks(_ start: Int) -> Int { line[start...].prefix { $0 == "`" }.count }
        while index < line.count {
            switch line[index] {
            case "\\": index += 2
            case "`":
                let fence = ticks(index)
                var end = index + fence
                while end < line.count, ticks(end) != fence { end += max(1, ticks(end)) }
                if end >= line.count { result.append(contentsOf: line[index..<index + fence]) }
                index = end < line.count ? end + fence : index + fence
            case let scalar:
                result.append(scalar)
                index += 1
            }
        }
        return String(result)
    }
}
