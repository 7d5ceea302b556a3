import Documents

/// `report.md`: warnings, what was asked, the answer, tables and pictures, provenance last.
struct MarkdownReport {
    let sections: ReportSections
    /// What is said of the first cell at length.
    let detail: [Block]
    /// For each cell whether it has pictures of its own.
    let isPictured: [Bool]

    private var cells: [CellSummary] { sections.findings.cells }

    var text: String {
        let blocks =
            sections.opening + sections.answer.opening + sections.answer.tables() + sections.together
            + sections.published + detail + otherPictures + sections.excluded + sections.files + sections.provenance
        return blocks.markdown
    }

    private var otherPictures: [Block] {
        let pictured = zip(cells, isPictured).dropFirst().filter(\.1).map(\.0)
        let lines = pictured.map { summary in
            let curves = summary.hasHistory ? ", [curves](\(summary.cell.curvesFile))" : ""
            return "\(code(summary.cell.id)): [confusion matrix](\(summary.cell.confusionFile))\(curves)"
        }
        return lines.isEmpty ? [] : [.heading("Pictures of other cells", level: 2), .list(lines)] + unpictured
    }

    private var unpictured: [Block] {
        let count = zip(cells, isPictured).count { !$0.cell.isControl && !$1 }
        guard count > 0 else { return [] }
        return [
            .paragraph(
                "\(counted(count, "further cell")) have none: `pictures` in the report stage says how many are drawn.")
        ]
    }
}
