import Drawing
import Documents
import Evaluation

/// One cell at length: classes, confusions, folds, speakers and its pictures.
struct DetailSection {
    let summary: CellSummary
    let isOnly: Bool
    /// Whether its pictures are drawn.
    let isPictured: Bool

    private var classes: [String] { summary.cell.classes }

    private var cell: ReportCell { summary.cell }

    var blocks: [Block] {
        let heading = isOnly ? "In detail" : "Cell \(code(cell.id)) in detail"
        return [.heading(heading, level: 2)] + perClass + confusions + curves + folds + speakers
    }

    private var perClass: [Block] {
        let rows = zip(classes, summary.scores.perClass).map { name, scores in
            [
                markdown(name), percent(scores.precision), percent(scores.recall), percent(scores.f1),
                "\(scores.support)",
            ]
        }
        let table = Table(
            columns: [
                .words("class"), .figures("precision %"), .figures("recall %"), .figures("F1 %"), .figures("clips"),
            ], rows: rows)
        return [.heading("Classes", level: 3), .table(table)]
    }

    private var confusions: [Block] {
        let lines = summary.pooled.confusions(first: 5).map { one in
            "\(one.count) of \(counted(one.support, "\(markdown(classes[one.label])) clip")) "
                + "\(one.count == 1 ? "was" : "were") taken for \(markdown(classes[one.predicted])) "
                + "(\(percent(Double(one.count) / Double(one.support), digits: 1)) %)."
        }
        return [
            .heading("Most confused", level: 3),
            lines.isEmpty ? .paragraph("No clip was taken for another class.") : .list(lines),
        ] + (isPictured ? [.picture(file: cell.confusionFile, title: "Confusion matrix")] : [])
    }

    private var curves: [Block] {
        guard isPictured, summary.hasHistory else { return [] }
        return [
            .heading("Training", level: 3),
            .picture(file: cell.curvesFile, title: "Loss and accuracy over the epochs"),
        ]
    }

    private var folds: [Block] {
        let rows = summary.folds.map { fold in
            [markdown(fold.name), "\(fold.speakerCount)", "\(fold.matrix.total)"]
                + [fold.scores.uar, fold.scores.accuracy, fold.scores.macroF1].map { percent($0) }
                + [fold.bestEpoch.map { "\($0)" } ?? "–", "\(fold.epochsRun)"]
        }
        let table = Table(
            columns: [.words("fold"), .figures("speakers"), .figures("clips")] + Figures.columns
                + [.figures("epoch kept"), .figures("epochs run")], rows: rows)
        return [.heading("Folds", level: 3), .table(table)]
    }

    private var speakers: [Block] {
        let all = summary.speakers.map { (name: $0.name, clips: $0.matrix.total, scores: Scores($0.matrix)) }
        let limit = 24
        let lowest = Set(
            all.sorted { ($0.scores.accuracy, $0.name) < ($1.scores.accuracy, $1.name) }.prefix(limit).map(\.name))
        let table = Table(
            columns: [.words("speaker"), .figures("clips"), .figures("WA %"), .figures("UA %")],
            rows: all.filter { lowest.contains($0.name) }.map {
                [markdown($0.name), "\($0.clips)", percent($0.scores.accuracy), percent($0.scores.uar)]
            })
        let cut: [Block] =
            all.count > limit ? [.paragraph("The \(limit) of \(all.count) speakers with the lowest WA.")] : []
        return [.heading("Speakers", level: 3)] + cut + [.table(table)]
    }
}
