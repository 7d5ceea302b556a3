/// A table whose headings and cells are lines of Markdown.
public struct Table: Sendable, Equatable {
    /// A heading, and whether its column holds figures, which stand at the right.
    public enum Column: Sendable, Equatable {
        /// A column of words.
        case words(String)
        /// A column of figures.
        case figures(String)

        /// What stands above the column.
        public var heading: String {
            switch self {
            case .words(let heading), .figures(let heading): heading
            }
        }

        var holdsFigures: Bool { self == .figures(heading) }
    }

    /// One a column.
    public let columns: [Column]
    /// Each as many cells as there are columns.
    public let rows: [[String]]

    /// A table with these rows.
    public init(columns: [Column], rows: [[String]]) {
        precondition(
            rows.allSatisfy { $0.count == columns.count },
            "rows of \(columns.count) cells expected, found \(Set(rows.map(\.count)).sorted())")
        self.columns = columns
        self.rows = rows
    }
}
