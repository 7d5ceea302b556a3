/// A table in GitHub's Markdown, of cells that are Markdown already.
struct MarkdownTable {
    /// A heading, and whether its column holds figures, which stand at the right.
    enum Column {
        case words(String)
        case figures(String)
    }

    let columns: [Column]
    let rows: [[String]]

    var text: String {
        let headings = columns.map { column in
            switch column {
            case .words(let heading), .figures(let heading): heading
            }
        }
        let rules = columns.map { column in
            switch column {
            case .words: ":--"
            case .figures: "--:"
            }
        }
        return ([headings, rules] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
