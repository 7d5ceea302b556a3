/// A piece of a document, in the order in which it is read; it is written as Markdown and as HTML alike.
///
/// Its texts are lines of Markdown: ``markdown(_:)`` and ``code(_:)`` make them of plain text, `**` and `*` emphasise.
public enum Block: Sendable, Equatable {
    /// A heading; the document's own has level 1.
    case heading(String, level: Int)
    /// A paragraph.
    case paragraph(String)
    /// A list without numbers.
    case list([String])
    /// Warnings that stand out from the text.
    case warnings([String])
    /// A table.
    case table(Table)
    /// A program, in a language named as syntax highlighters do.
    case source(String, language: String)
    /// A picture, which lies in a file beside the document.
    case picture(file: String, title: String)
}

extension [Block] {
    /// A document in GitHub's Markdown; nothing at all where there are no blocks.
    public var markdown: String { isEmpty ? "" : map(\.markdown).joined(separator: "\n\n") + "\n" }
}

extension Block {
    var markdown: String {
        switch self {
        case .heading(let text, let level): "\(String(repeating: "#", count: level)) \(text)"
        case .paragraph(let text): text
        case .list(let items): items.map { "- \($0)" }.joined(separator: "\n")
        case .warnings(let texts): texts.map { "> \($0)" }.joined(separator: "\n>\n")
        case .table(let table): table.markdown
        case .source(let text, let language): "```\(language)\n\(text)\n```"
        case .picture(let file, let title): "![\(title)](\(file))"
        }
    }
}

extension Table {
    var markdown: String {
        let rules = columns.map { $0.holdsFigures ? "--:" : ":--" }
        return ([columns.map(\.heading), rules] + rows).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }
}
