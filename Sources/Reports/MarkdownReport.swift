/// `report.md`: warnings, what was asked, the answer, tables and pictures, provenance last.
struct MarkdownReport {
    let report: Report
    let findings: Findings
    /// For each cell whether it has pictures of its own.
    let isPictured: [Bool]

    private var groups: [ProtocolGroup] { findings.groups }
    private var resampling: SpeakerResampling { findings.resampling }

    var text: String {
        let blocks =
            Stamps(stamps: report.stamps, cells: findings.cells.map(\.cell)).blocks
            + opening
            + AnswerSection(
                groups: groups, selections: findings.selections, gaps: findings.gaps, resampling: resampling
            ).blocks
            + SelectionSection(
                request: report.selection, results: findings.selections, groups: groups, resampling: resampling
            ).blocks
            + LeakGapSection(gaps: findings.gaps, resampling: resampling).blocks
            + LayerSection(curves: findings.curves, groups: groups, resampling: resampling).blocks
            + ComparisonSection(comparisons: findings.comparisons, resampling: resampling).blocks
            + PublishedSection(groups: groups, published: report.published).blocks
            + detail
            + otherPictures
            + excluded
            + files
            + provenance
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var opening: [String] {
        ["# \(markdown(report.title))"] + (report.question.isEmpty ? [] : [report.question])
    }

    private var detail: [String] {
        DetailSection(
            summary: findings.cells[0], isOnly: findings.cells.count { !$0.cell.isControl } == 1,
            isPictured: isPictured[0]
        ).blocks
    }

    private var otherPictures: [String] {
        let pictured = zip(findings.cells, isPictured).dropFirst().filter(\.1).map(\.0)
        let lines = pictured.map { summary in
            let curves = summary.hasHistory ? ", [curves](\(summary.cell.curvesFile))" : ""
            return "- \(code(summary.cell.id)): [confusion matrix](\(summary.cell.confusionFile))\(curves)"
        }
        return lines.isEmpty ? [] : ["## Pictures of other cells", lines.joined(separator: "\n")] + unpictured
    }

    private var unpictured: [String] {
        let count = zip(findings.cells, isPictured).count { !$0.cell.isControl && !$1 }
        guard count > 0 else { return [] }
        return ["\(counted(count, "further cell")) have none: `pictures` in the report stage says how many are drawn."]
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
            "`cells.csv` says what each cell is; the numbers of every cell and fold are in `metrics.csv`, "
                + "`confusion.csv`, `predictions.csv` and `history.csv` beside this page.",
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
