import Drawing

extension [Block] {
    /// The blocks as HTML, each heading `depth` levels further down than in Markdown.
    ///
    /// - Parameters:
    ///   - pictures: what to show for a picture's file; a picture that is not among them is left out.
    ///   - isSortable: whether a reader may sort the tables by any column.
    public func html(pictures: [String: SVGDocument] = [:], isSortable: Bool = false, depth: Int = 0) -> String {
        map { $0.html(pictures: pictures, isSortable: isSortable, depth: depth) }.joined()
    }
}

extension Block {
    fileprivate func html(pictures: [String: SVGDocument], isSortable: Bool, depth: Int) -> String {
        switch self {
        case .heading(let text, let level):
            let name = "h\(min(6, level + depth))"
            return "<\(name)>\(inlineHTML(of: text))</\(name)>\n"
        case .paragraph(let text): return "<p>\(inlineHTML(of: text))</p>\n"
        case .list(let items):
            return "<ul>\n\(items.map { "<li>\(inlineHTML(of: $0))</li>\n" }.joined())</ul>\n"
        case .warnings(let texts):
            return "<div class=\"warnings\" role=\"note\">\n"
                + texts.map { "<p>\(inlineHTML(of: $0))</p>\n" }.joined() + "</div>\n"
        case .table(let table): return table.html(isSortable: isSortable)
        case .source(let text, _):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { xml(String($0)) }
            return "<pre><code>\(lines.joined(separator: "\n"))</code></pre>\n"
        case .picture(let file, _): return pictures[file].map(figure) ?? ""
        }
    }
}

/// A picture that may be scrolled sideways where the page is narrower than what keeps its texts legible.
private func figure(_ picture: SVGDocument) -> String {
    let least = Int(min(picture.width, max(340, picture.width * 0.6)))
    return "<figure style=\"--least: \(least)px\">\n\(picture.inlined)</figure>\n"
}

extension Table {
    fileprivate func html(isSortable: Bool) -> String {
        let headings = columns.map { column in
            let text = inlineHTML(of: column.heading)
            return
                "<th scope=\"col\"\(alignment(of: column))>\(isSortable ? "<span class=\"sort\" role=\"button\" tabindex=\"0\">\(text)</span>" : text)</th>"
        }
        let body = rows.map { row in
            let cells = zip(columns, row).map { "<td\(alignment(of: $0))>\(inlineHTML(of: $1))</td>" }
            return "<tr>\(cells.joined())</tr>\n"
        }
        let style = isSortable ? " class=\"sortable\"" : ""
        return "<div class=\"table\"><table\(style)>\n<thead><tr>\(headings.joined())</tr></thead>\n"
            + "<tbody>\n\(body.joined())</tbody>\n</table></div>\n"
    }

    private func alignment(of column: Column) -> String { column.holdsFigures ? " class=\"figures\"" : "" }
}
