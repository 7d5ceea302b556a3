import Documents
import Drawing
import Evaluation

/// One cell in words, tables and pictures: confusions, training, classes, speakers, calibration, folds.
struct DetailSection {
    let summary: CellSummary
    /// In the order of the classes; nil with fewer than two speakers.
    let classIntervals: [ClassIntervals]?
    let claims: [ClaimedConfusion]
    let resampling: SpeakerResampling
    /// The files of the pictures that are drawn of it.
    let pictures: [String]

    private var cell: ReportCell { summary.cell }
    private var classes: [String] { cell.classes }

    var blocks: [Block] {
        [.heading("Cell \(code(cell.id)) in detail", level: 2)] + confusions + training + perClass + speakers
            + calibration + folds
    }

    private func picture(_ file: String, _ title: String) -> [Block] {
        pictures.contains(file) ? [.picture(file: file, title: title)] : []
    }

    private var confusions: [Block] {
        [.heading("Most confused", level: 3)] + picture(cell.confusionFile, "Confusion matrix")
            + ConfusionSection(summary: summary, claims: claims).blocks
    }

    private var training: [Block] {
        let curves = picture(cell.curvesFile, "Loss and accuracy over the epochs")
        let note: [Block] =
            cell.isMergedLater
            ? [
                .paragraph(
                    "Loss and accuracy are over the classes that the head was trained to tell apart, before some were "
                        + "counted as one for this report.")
            ] : []
        return curves.isEmpty ? [] : [.heading("Training", level: 3)] + curves + note
    }

    private var perClass: [Block] {
        let rows = classes.enumerated().map { index, name in
            let scores = summary.scores.perClass[index]
            let intervals = classIntervals?[index]
            return [
                markdown(name), percent(scores.precision) + bracketed(intervals?.precision),
                recall(scores) + bracketed(intervals?.recall), percent(scores.f1) + bracketed(intervals?.f1),
                "\(scores.support)",
            ]
        }
        let table = Table(
            columns: [
                .words("class"), .figures("precision %"), .figures("recall %"), .figures("F1 %"), .figures("clips"),
            ], rows: rows)
        let note = classIntervals.map { _ in [Block.paragraph("In brackets: \(resampling.meaning).")] } ?? []
        return [.heading("Classes", level: 3), .table(table)] + note
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
        return [.heading("Speakers", level: 3)] + picture(cell.speakersFile, "Accuracy of each speaker") + cut + [
            .table(table)
        ]
    }

    private var calibration: [Block] {
        let found = summary.calibration
        guard let error = found.expectedError, let confidence = found.meanConfidence, let accuracy = found.accuracy
        else { return [] }
        let points = percent(abs(confidence - accuracy), digits: 1)
        let tendency = confidence > accuracy ? "too sure of itself by" : "less sure of itself than it might be by"
        return [.heading("Calibration", level: 3)] + picture(cell.reliabilityFile, "Accuracy against confidence") + [
            .paragraph(
                "Expected calibration error (ECE) \(percent(error)) % in \(found.bins.count) bins of equal width: the head's "
                    + "mean confidence is \(percent(confidence)) %, its accuracy \(percent(accuracy)) %, so it is "
                    + "\(tendency) \(points) points. With few clips a bin, ECE is above zero even for a head that is "
                    + "calibrated. `calibration.csv` has the bins.")
        ]
    }
}
