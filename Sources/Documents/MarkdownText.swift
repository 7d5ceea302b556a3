import Diagnosis

/// Plain text for use in a Markdown paragraph or table cell: nothing in it is taken for markup, and it is one line.
///
/// Markdown is a matter of code points, not of what they look like together: a mark that joins itself to a bracket leaves
/// it a bracket.
public func markdown(_ text: String) -> String {
    let escaped = oneLine(text).unicodeScalars.reduce(into: "") { result, scalar in
        if "\\`*[]<>|~&".unicodeScalars.contains(scalar) { result += "\\" }
        result.unicodeScalars.append(scalar)
    }
    return escapingUnderscoresAtWordEnds(escaped)
}

/// Text in a code span that is safe in a table cell: paths and ids.
///
/// A bar behind a backslash has no safe way to stand in a code span of a table, whose rows are split before spans are looked
/// for; such a text is set as plain text.
public func code(_ text: String) -> String {
    let line = oneLine(text)
    guard !line.isEmpty else { return "" }
    let (tick, scalars): (Unicode.Scalar, _) = ("`", line.unicodeScalars)
    guard !zip(scalars, scalars.dropFirst()).contains(where: { $0 == "\\" && $1 == "|" }) else { return markdown(line) }
    let longest = scalars.split(whereSeparator: { $0 != tick }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let padding = scalars.first == tick || scalars.last == tick ? " " : ""
    let escaped = scalars.reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) }
    return fence + padding + escaped + padding + fence
}

/// Line breaks of any kind become spaces, what else steers a display is shown as its number.
private func oneLine(_ text: String) -> String {
    Diagnosis.printable(String(text.map { $0.isNewline ? " " : $0 }))
}

/// Underscores within a word are text already; at its ends they would emphasise.
private func escapingUnderscoresAtWordEnds(_ text: String) -> String {
    let characters = Array(text)
    return characters.indices.reduce(into: "") { result, index in
        let isInside =
            index > 0 && index + 1 < characters.count && characters[index - 1].isLetterOrDigit
            && characters[index + 1].isLetterOrDigit
        let isUnderscore = characters[index].unicodeScalars.first == "_"
        result += isUnderscore && !isInside ? "\\\(characters[index])" : String(characters[index])
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
