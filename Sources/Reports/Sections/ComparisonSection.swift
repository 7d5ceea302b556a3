import Documents
import Drawing
import Evaluation

/// Cells set beside each other on the same test clips, to tell a difference from luck with speakers and clips.
struct ComparisonSection {
    let comparisons: [CellComparison]
    let resampling: SpeakerResampling

    /// Rows beyond these are in `comparisons.csv` alone.
    private static let mostRows = 40

    var blocks: [Block] {
        guard !comparisons.isEmpty else { return [] }
        return [
            .heading("Cells compared", level: 2),
            .paragraph(
                "Second minus first, in points, on the same test clips under one protocol. In brackets: "
                    + "\(resampling.meaning), the same ones for both cells, each interval for one comparison alone\(caveat). "
                    + "McNemar's exact test counts clips that only one of the two answers rightly; it takes clips as "
                    + "independent, which clips of one speaker are not, so read it second. *Holm* is its p adjusted for "
                    + "\(comparisons.count == 1 ? "the one comparison" : "all \(comparisons.count) comparisons")."),
            .table(table),
        ] + rest
    }

    /// What intervals under speaker-dependent protocols do not say.
    private var caveat: String {
        let isDependent = comparisons.contains { !$0.first.cell.split.isSpeakerIndependent }
        return isDependent ? "; under a speaker-dependent protocol they say nothing about unknown speakers" : ""
    }

    private var table: Table {
        Table(
            columns: [
                .words("first"), .words("second"), .words("protocol"), .figures("UA"), .figures("WA"),
                .figures("macro F1"), .figures("only first right"), .figures("only second right"),
                .figures("McNemar p"), .figures("Holm"),
            ],
            rows: comparisons.prefix(Self.mostRows).map { one in
                let paired = one.paired
                return [code(one.first.cell.id), code(one.second.cell.id), code(one.first.cell.split.name)]
                    + [paired.uar, paired.accuracy, paired.macroF1].map(text)
                    + ["\(paired.mcnemar.onlyFirstRight)", "\(paired.mcnemar.onlySecondRight)"]
                    + [probability(paired.mcnemar.pValue), probability(one.adjustedP)]
            })
    }

    private var rest: [Block] {
        guard comparisons.count > Self.mostRows else { return [] }
        return [
            .paragraph("The first \(Self.mostRows) of \(comparisons.count) comparisons; all are in `comparisons.csv`.")
        ]
    }

    private func text(_ difference: PairedDifference) -> String {
        percent(difference.difference) + bracketed(difference.interval)
    }
}
