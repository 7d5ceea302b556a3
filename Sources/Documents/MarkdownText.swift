/// Plain text for use in a Markdown paragraph or table cell: nothing in it is taken for markup, and it is one line.
public func markdown(_ text: String) -> String {
    var result = ""
    for character in text {
        if character.isNewline {
            result += " "
        } else {
            result += "\\`*[]<>|~&".contains(character) ? "\\\(character)" : String(character)
        }
    }
    return escapingUnderscoresAtWordEnds(result)
}

/// Text in a code span that is safe in a table cell: paths and ids.
public func code(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    guard !line.isEmpty else { return "" }
    let longest = line.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let padding = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
    let escaped = line.reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) }
    return fence + padding + escaped + padding + fence
}

/// Underscores within a word are text already; at its ends they would emphasise.
private func escapingUnderscoresAtWordEnds(_ text: String) -> String {
    let characters = Array(text)
    return characters.indices.reduce(into: "") { result, index in
        let isInside =
            index > 0 && index + 1 < characters.count && characters[index - 1].isLetterOrDigit
            && characters[index + 1].isLetterOrDigit
        result += characters[index] == "_" && !isInside ? "\\_" : String(characters[index])
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
