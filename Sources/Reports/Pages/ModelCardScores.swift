import Documents
import Drawing
import Evaluation

/// How well a head did on its own test clips, and its cell over all folds.
struct ModelCardScores {
    let summary: CellSummary
    let fold: FoldSummary
    let resampling: SpeakerResampling
    /// Percentiles over draws of fewer speakers make too narrow an interval.
    private static let fewest = 10

    var blocks: [Block] {
        [
            .heading("Scores", level: 2),
            .paragraph(
                "UA is the mean recall over the classes, WA the share of clips answered rightly. Guessing gives UA "
                    + "\(percent(1 / Double(summary.cell.classes.count))) %. The first row is this head's own; the second "
                    + "pools the test clips of all \(counted(summary.folds.count, "head")) of the cell, each asked about its "
                    + "own fold's."),
            .table(headline), .paragraph(meaning), .table(recalls),
        ] + calibration
    }

    private var headline: Table {
        Table(
            columns: [.words("test clips of"), .figures("clips"), .figures("speakers")] + Figures.columns,
            rows: [
                ["fold \(code(fold.name))", "\(fold.matrix.total)", "\(fold.speakers.count)"]
                    + Figures(fold.scores, intervals(of: fold.speakers)).cells,
                [
                    "all folds of cell \(code(summary.cell.id))", "\(summary.pooled.total)",
                    "\(summary.speakers.count)",
                ] + Figures(summary.scores, intervals(of: summary.speakers)).cells,
            ]
        )
    }

    private func intervals(of speakers: [SpeakerMatrix]) -> ScoreIntervals? {
        speakers.count < Self.fewest ? nil : resampling.intervals(of: speakers)
    }

    /// A fold has no more speakers than all folds together.
    private var meaning: String {
        let brackets = "In brackets: \(resampling.meaning)."
        let few = "Fewer than \(Self.fewest) are too few speakers for an interval: it would come out too narrow."
        if fold.speakers.count >= Self.fewest { return brackets }
        return summary.speakers.count >= Self.fewest ? "\(brackets) \(few)" : few
    }

    private var calibration: [Block] {
        let found = summary.calibration
        guard let error = found.expectedError else { return [] }
        return [
            .paragraph(
                "Expected calibration error (ECE) over all folds: \(percent(error)) %, in \(found.bins.count) bins of equal "
                    + "width. With few clips a bin it is above zero even for a head that is calibrated.")
        ]
    }

    private var recalls: Table {
        let rows = zip(summary.cell.classes, zip(fold.scores.perClass, summary.scores.perClass)).map { name, scores in
            [
                markdown(name), recall(scores.0), "\(scores.0.support)", recall(scores.1),
                "\(scores.1.support)",
            ]
        }
        return Table(
            columns: [
                .words("class"), .figures("recall %, this fold"), .figures("clips"), .figures("recall %, all folds"),
                .figures("clips"),
            ], rows: rows
        )
    }
}
