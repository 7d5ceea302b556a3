/// `report.md`: warnings, what was asked, the answer, tables and pictures, provenance last.
struct MarkdownReport {
    let report: Report
    let cells: [CellSummary]

    var text: String {
        let groups = ProtocolGroup.groups(of: cells)
        let blocks =
            Stamps(report: report).blocks
            + opening
            + AnswerSection(groups: groups, first: cells[0], bootstrap: report.bootstrap).blocks
            + PublishedSection(groups: groups, published: report.published).blocks
            + DetailSection(summary: cells[0], classes: report.classes, isOnly: cells.count == 1).blocks
            + otherPictures
            + excluded
            + files
            + provenance
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var opening: [String] {
        ["# \(markdown(report.title))"] + (report.question.isEmpty ? [] : [report.question])
    }

    private var otherPictures: [String] {
        let lines = cells.dropFirst().map { summary in
            let curves = summary.cell.curvesFile.map { ", [curves](\($0))" } ?? ""
            return "- \(code(summary.cell.id)): [confusion matrix](\(summary.cell.confusionFile))\(curves)"
        }
        return lines.isEmpty ? [] : ["## Pictures of the other cells", lines.joined(separator: "\n")]
    }

    private var excluded: [String] {
        guard !report.excluded.isEmpty else { return [] }
        let count = report.excluded.count
        let table = MarkdownTable(
            columns: [.words("clip"), .words("reason")],
            rows: report.excluded.map { [code($0.clip), markdown($0.reason)] })
        return [
            "## Clips left out",
            "\(count) \(count == 1 ? "clip was" : "clips were") neither trained on nor tested on.",
            table.text,
        ]
    }

    private var files: [String] {
        [
            "## Files",
            "The numbers of every cell and fold are in `metrics.csv`, `confusion.csv`, `predictions.csv` and "
                + "`history.csv` beside this page.",
        ]
    }

    private var provenance: [String] {
        guard !report.provenance.isEmpty else { return [] }
        let table = MarkdownTable(
            columns: [.words("what"), .words("value")],
            rows: report.provenance.map { [markdown($0.name), code($0.value)] })
        return ["## Provenance", table.text]
    }
}
