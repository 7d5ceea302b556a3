import Evaluation

/// One cell at length: classes, confusions, folds, speakers and its pictures.
struct DetailSection {
    let summary: CellSummary
    let isOnly: Bool
    /// Whether its pictures are drawn.
    let isPictured: Bool

    private var classes: [String] { summary.cell.classes }

    private var cell: ReportCell { summary.cell }

    var blocks: [String] {
        let heading = isOnly ? "## In detail" : "## Cell \(code(cell.id)) in detail"
        return [heading] + perClass + confusions + curves + folds + speakers
    }

    private var perClass: [String] {
        let rows = zip(classes, summary.scores.perClass).map { name, scores in
            [
                markdown(name), percent(scores.precision), percent(scores.recall), percent(scores.f1),
                "\(scores.support)",
            ]
        }
        let table = MarkdownTable(
            columns: [
                .words("class"), .figures("precision %"), .figures("recall %"), .figures("F1 %"), .figures("clips"),
            ], rows: rows)
        return ["### Classes", table.text]
    }

    private var confusions: [String] {
        let lines = summary.pooled.confusions(first: 5).map { one in
            "- \(one.count) of \(counted(one.support, "\(markdown(classes[one.label])) clip")) "
                + "\(one.count == 1 ? "was" : "were") taken for \(markdown(classes[one.predicted])) "
                + "(\(percent(Double(one.count) / Double(one.support), digits: 1)) %)."
        }
        return [
            "### Most confused", lines.isEmpty ? "No clip was taken for another class." : lines.joined(separator: "\n"),
        ] + (isPictured ? ["![Confusion matrix](\(cell.confusionFile))"] : [])
    }

    private var curves: [String] {
        guard isPictured, summary.hasHistory else { return [] }
        return ["### Training", "![Loss and accuracy over the epochs](\(cell.curvesFile))"]
    }

    private var folds: [String] {
        let rows = summary.folds.map { fold in
            [markdown(fold.name), "\(fold.speakerCount)", "\(fold.matrix.total)"]
                + [fold.scores.uar, fold.scores.accuracy, fold.scores.macroF1].map { percent($0) }
                + [fold.bestEpoch.map { "\($0)" } ?? "–", "\(fold.epochsRun)"]
        }
        let table = MarkdownTable(
            columns: [.words("fold"), .figures("speakers"), .figures("clips")] + Figures.columns
                + [.figures("epoch kept"), .figures("epochs run")], rows: rows)
        return ["### Folds", table.text]
    }

    private var speakers: [String] {
        let all = summary.speakers.map { (name: $0.name, clips: $0.matrix.total, scores: Scores($0.matrix)) }
        let limit = 24
        let lowest = Set(
            all.sorted { ($0.scores.accuracy, $0.name) < ($1.scores.accuracy, $1.name) }.prefix(limit).map(\.name))
        let table = MarkdownTable(
            columns: [.words("speaker"), .figures("clips"), .figures("WA %"), .figures("UA %")],
            rows: all.filter { lowest.contains($0.name) }.map {
                [markdown($0.name), "\($0.clips)", percent($0.scores.accuracy), percent($0.scores.uar)]
            })
        let cut = all.count > limit ? ["The \(limit) of \(all.count) speakers with the lowest WA."] : []
        return ["### Speakers"] + cut + [table.text]
    }
}
