import Documents
import Evaluation

/// Writes a report cell by cell: what is said of one cell goes out at once, what is said of all at the end.
///
/// The folder holds `report.md`, `report.html`, `cells.csv`, `metrics.csv`, `confusion.csv`, `predictions.csv`, `history.csv` and
/// pictures; `controls.csv`, `selected.csv`, `selection.csv`, `comparisons.csv`, `leak_gap.csv` and `layer_weights.csv`
/// where there is something to put into them. The same values give the same bytes.
public final class ReportRenderer {
    private let report: Report
    private let cells: [ReportCell]
    private let write: (RenderedText) throws -> Void
    private let resampling: SpeakerResampling
    private var summaries: [CellSummary] = []
    /// What `report.md` says of the first cell.
    private var firstDetail: [Block] = []
    /// What `report.html` has of each cell with pictures.
    private var details: [String] = []
    private var answers: ClipAnswers

    /// A renderer of these cells: at least one, with distinct ids, the first of them no control.
    ///
    /// - Parameter write: takes texts to be appended to files of the folder.
    /// - throws: what `write` throws.
    public init(_ report: Report, cells: [ReportCell], write: @escaping (RenderedText) throws -> Void) throws {
        precondition(cells.first?.isControl == false, "a report begins with a cell of the grid, found none")
        precondition(
            Set(cells.map(\.id)).count == cells.count, "distinct cell ids expected, found \(cells.map(\.id))")
        self.report = report
        self.cells = cells
        self.write = write
        resampling = SpeakerResampling(report.bootstrap)
        answers = ClipAnswers(links: report.corpusLinks)
        try put("predictions.csv", PredictionRows.header(of: cells))
        try put("history.csv", HistoryRows.header)
        try put("metrics.csv", MetricsTable.header)
        try put("confusion.csv", ConfusionRows.header)
        try put("calibration.csv", CalibrationRows.header)
    }

    /// Takes what the next cell gave, fold by fold in the protocol's order.
    public func add(_ folds: [ReportFold]) throws {
        precondition(summaries.count < cells.count, "\(cells.count) cells expected, found one more")
        let cell = cells[summaries.count]
        let summary = CellSummary(
            cell, folds: folds, resampling: resampling, keepsSpeakersOfFolds: report.selection != nil)
        let isDetailed = summaries.isEmpty || isPictured(summaries.count)
        let classIntervals = isDetailed ? resampling.classIntervals(of: summary.speakers) : nil
        if !cell.isControl { try writeRows(of: summary, folds: folds, classIntervals: classIntervals) }
        if isDetailed { try addDetail(of: summary, folds: folds, classIntervals: classIntervals) }
        summaries.append(summary)
    }

    /// Writes what is said of all cells, when the last has been added.
    public func finish() throws {
        precondition(summaries.count == cells.count, "\(cells.count) cells expected, found \(summaries.count)")
        let findings = Findings(report: report, cells: summaries, resampling: resampling)
        for (name, text) in findings.tables { try put(name, text) }
        for (name, picture) in findings.pictures { try put(name, picture.text(in: report.palette)) }
        let sections = ReportSections(report: report, findings: findings)
        let isPictured = summaries.indices.map(self.isPictured)
        try put("report.md", MarkdownReport(sections: sections, detail: firstDetail, isPictured: isPictured).text)
        try put("report.html", HTMLReport(sections: sections, details: details, answers: answers).text)
    }

    private func writeRows(
        of summary: CellSummary, folds: [ReportFold], classIntervals: [ClassIntervals]?
    ) throws {
        let cell = summary.cell
        try put("predictions.csv", PredictionRows(cell: cell, folds: folds, classes: cells.classesOfAny).text)
        try put("history.csv", HistoryRows(cell: cell, folds: folds).text)
        try put("metrics.csv", MetricsTable(summary, classIntervals: classIntervals).rows)
        try put("confusion.csv", ConfusionRows(summary: summary).text)
        try put("calibration.csv", CalibrationRows(summary: summary).text)
    }

    private func isPictured(_ index: Int) -> Bool { index < report.picturedCells && !cells[index].isControl }

    private func addDetail(
        of summary: CellSummary, folds: [ReportFold], classIntervals: [ClassIntervals]?
    ) throws {
        let detail = CellDetail(
            summary, folds: folds, classIntervals: classIntervals, report: report, resampling: resampling,
            isPictured: isPictured(summaries.count))
        for (name, picture) in detail.pictures { try put(name, picture.text(in: report.palette)) }
        if summaries.isEmpty { firstDetail = detail.blocks }
        details.append(detail.html)
        if !detail.pictures.isEmpty { answers.add(summary.cell, folds) }
    }

    private func put(_ name: String, _ text: String) throws {
        if !text.isEmpty { try write(RenderedText(file: name, text: text)) }
    }
}

/// A text to be appended to one file of a report folder.
public struct RenderedText: Sendable, Equatable {
    /// The file's name within the folder, such as "report.md".
    public let file: String
    /// The text, in UTF-8 with "\n" line ends.
    public let text: String

    /// A text for a file.
    public init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}

extension [ReportCell] {
    /// The classes of all cells, each once, in the order in which cells have them.
    var classesOfAny: [String] { flatMap(\.classes).uniqued() }
}
