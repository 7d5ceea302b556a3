/// `predictions.csv` for those who have no report: its header, and the rows of one cell after the other.
public struct PredictionsTable {
    /// The classes of all cells, each once, in the order in which cells have them: one column each.
    public let classes: [String]
    /// The first line.
    public let header: String

    /// A table for the predictions of these cells, controls left out.
    public init(of cells: [ReportCell]) {
        classes = cells.classesOfAny
        header = PredictionRows.header(of: cells)
    }

    /// The lines of one cell, fold by fold.
    public func rows(of cell: ReportCell, folds: [ReportFold]) -> String {
        PredictionRows(cell: cell, folds: folds, classes: classes).text
    }
}
