import Documents
import Drawing
import Evaluation

/// How well a head did on its own test clips, and its cell over all folds.
struct ModelCardScores {
    let summary: CellSummary
    let fold: FoldSummary
    let resampling: SpeakerResampling

    var blocks: [Block] {
        [
            .heading("Scores", level: 2),
            .paragraph(
                "UA is the mean recall over the classes, WA the share of clips answered rightly. Guessing gives UA "
                    + "\(percent(1 / Double(summary.cell.classes.count))) %. The first row is this head's own; the second "
                    + "pools the test clips of all \(counted(summary.folds.count, "head")) of the cell, each asked about its "
                    + "own fold's."),
            .table(headline), .paragraph(meaning), .table(recalls),
        ]
    }

    private var headline: Table {
        let intervals = resampling.intervals(of: fold.speakers)
        return Table(
            columns: [.words("test clips of"), .figures("clips"), .figures("speakers")] + Figures.columns,
            rows: [
                ["fold \(code(fold.name))", "\(fold.matrix.total)", "\(fold.speakers.count)"]
                    + Figures(fold.scores, intervals).cells,
                [
                    "all folds of cell \(code(summary.cell.id))", "\(summary.pooled.total)",
                    "\(summary.speakers.count)",
                ] + Figures(summary).cells,
            ]
        )
    }

    private var meaning: String {
        let brackets = "In brackets: \(resampling.meaning)."
        return switch (fold.speakers.count, summary.speakers.count) {
        case (2..., _): brackets
        case (_, 2...): "\(brackets) One speaker alone has no interval."
        default: "One speaker alone has no interval."
        }
    }

    private var recalls: Table {
        let rows = zip(summary.cell.classes, zip(fold.scores.perClass, summary.scores.perClass)).map { name, scores in
            [
                markdown(name), Self.recall(scores.0), "\(scores.0.support)", Self.recall(scores.1),
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

    /// A class without clips has no recall.
    private static func recall(_ scores: ClassScores) -> String { scores.support > 0 ? percent(scores.recall) : "–" }
}
