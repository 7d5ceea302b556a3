import Documents

/// The parts of a report, each a few blocks; what order they stand in is the page's choice.
struct ReportSections {
    let report: Report
    let findings: Findings

    private var groups: [ProtocolGroup] { findings.groups }
    private var resampling: SpeakerResampling { findings.resampling }

    /// Warnings, the heading, what was asked.
    var opening: [Block] {
        Stamps(stamps: report.stamps, cells: findings.cells.map(\.cell)).blocks
            + [.heading(markdown(report.title), level: 1)]
            + report.question.split(separator: "\n").map { .paragraph(authoredMarkdown(String($0))) }
    }

    /// The answer and the table of all cells.
    var answer: AnswerSection {
        AnswerSection(
            groups: groups, selections: findings.selections, gaps: findings.gaps, resampling: resampling)
    }

    /// What the cells say together.
    var together: [Block] {
        SelectionSection(
            request: report.selection, results: findings.selections, groups: groups, resampling: resampling
        ).blocks
            + LeakGapSection(gaps: findings.gaps, resampling: resampling).blocks
            + LayerSection(curves: findings.curves, groups: groups, resampling: resampling).blocks
            + AxisSection(curves: findings.axes, resampling: resampling).blocks
            + ComparisonSection(comparisons: findings.comparisons, resampling: resampling).blocks
    }

    /// Results of others beside these.
    var published: [Block] { PublishedSection(groups: groups, published: report.published).blocks }

    /// Cells and clips that were left out.
    var excluded: [Block] { LeftOutSection(cells: report.leftOut).blocks + excludedClips }

    private var excludedClips: [Block] {
        guard !report.excluded.isEmpty else { return [] }
        let count = report.excluded.count
        let table = Table(
            columns: [.words("clip"), .words("reason")],
            rows: report.excluded.map { [code($0.clip), markdown($0.reason)] })
        return [
            .heading("Clips left out", level: 2),
            .paragraph("\(count) \(count == 1 ? "clip was" : "clips were") neither trained on nor tested on."),
            .table(table),
        ]
    }

    /// What lies beside the page.
    var files: [Block] {
        [
            .heading("Files", level: 2),
            .paragraph(
                "`cells.csv` says what each cell is; the numbers of every cell and fold are in `metrics.csv`, "
                    + "`confusion.csv`, `predictions.csv`, `calibration.csv` and `history.csv` beside this page."),
        ]
    }

    /// Digests, versions and settings.
    var provenance: [Block] {
        guard !report.provenance.isEmpty else { return [] }
        let table = Table(
            columns: [.words("what"), .words("value")],
            rows: report.provenance.map { [markdown($0.name), code($0.value)] })
        return [.heading("Provenance", level: 2), .table(table)]
    }
}
