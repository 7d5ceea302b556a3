/// The files of a report folder: `report.md`, `metrics.csv`, `confusion.csv`, `predictions.csv`, `history.csv` and the
/// pictures.
///
/// The same values give the same bytes. For each cell there are `confusion-CELL.svg` and, if it has a training history,
/// `curves-CELL.svg`. The report has at least one cell, and cell ids are distinct.
public func render(_ report: Report) -> [RenderedFile] {
    precondition(!report.cells.isEmpty, "a report needs at least one cell, found none")
    precondition(
        Set(report.cells.map(\.id)).count == report.cells.count,
        "distinct cell ids expected, found \(report.cells.map(\.id))")
    let cells = report.cells.map {
        CellSummary($0, classes: report.classes.count, bootstrap: report.bootstrap)
    }
    let texts = [
        RenderedFile(name: "report.md", text: MarkdownReport(report: report, cells: cells).text),
        RenderedFile(name: "metrics.csv", text: MetricsTable(cells: cells, classes: report.classes).text),
        RenderedFile(name: "confusion.csv", text: ConfusionTable(cells: cells, classes: report.classes).text),
        RenderedFile(
            name: "predictions.csv", text: PredictionsTable(cells: report.cells, classes: report.classes).text),
        RenderedFile(name: "history.csv", text: HistoryTable(cells: report.cells).text),
    ]
    return texts + cells.flatMap { pictures(of: $0, in: report) }
}

private func pictures(of summary: CellSummary, in report: Report) -> [RenderedFile] {
    let stamps = report.stamps
    let confusion = RenderedFile(
        name: summary.cell.confusionFile,
        text: ConfusionMatrixPicture(summary: summary, classes: report.classes, stamps: stamps).document.text)
    guard let curvesFile = summary.cell.curvesFile else { return [confusion] }
    let curves = CurvesPicture(summary: summary, stamps: stamps).document.text
    return [confusion, RenderedFile(name: curvesFile, text: curves)]
}
