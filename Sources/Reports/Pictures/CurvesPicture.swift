import Drawing

/// Loss and accuracy over the epochs of one cell: each fold thin, the mean bold, the epochs kept marked.
///
/// The mean goes as far as every fold went: beyond, it would change because folds drop out.
struct CurvesPicture {
    let summary: CellSummary
    /// The folds with their histories, which a summary does not keep.
    let histories: [ReportFold]
    let stamps: [String]

    private let width = 760.0
    private let height = 372.0
    private let margin = 16.0

    private var folds: [ReportFold] { histories.filter { !$0.history.isEmpty } }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "curves-\(summary.cell.idForPages)", width: width, height: height, title: title,
            description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText(subtitle, x: margin, y: 46, style: "note")
        let loss = CurvePanel(
            folds: folds, train: \.trainLoss, validation: \.validationLoss,
            axes: axes(from: 52, to: 366, name: "loss", domain: lossDomain))
        let accuracy = CurvePanel(
            folds: folds, train: \.trainAccuracy, validation: \.validationAccuracy,
            axes: axes(from: 430, to: 744, name: "accuracy, %", domain: 0...1, factor: 100))
        loss.draw(on: &document)
        accuracy.draw(on: &document)
        legend.draw(on: &document, x: margin, y: height - 18, within: width - 2 * margin)
        return document
    }

    private var title: String { "Training of \(shortened(summary.cell.id, to: 40))" }

    private var subtitle: String {
        ([shortened(summary.cell.split.name, to: 48)] + summary.cell.conditions + [counted(folds.count, "fold")])
            .joined(separator: ", ")
    }

    private var legend: Legend {
        let mean = folds.count > 1 ? ", mean of folds" : ""
        return Legend(
            [(.line("train"), "training\(mean)")]
                + (hasValidation ? [(.line("validation"), "validation\(mean)")] : [])
                + (folds.count > 1 ? [(.line("train fold"), "one fold")] : []) + [(.circle("kept"), "epoch kept")])
    }

    private var hasValidation: Bool {
        folds.contains { $0.history.contains { $0.validationLoss != nil || $0.validationAccuracy != nil } }
    }

    private func axes(
        from left: Double, to right: Double, name: String, domain: ClosedRange<Double>, factor: Double = 1
    ) -> Axes {
        Axes(
            x: LinearScale(domain: epochDomain, pixels: (left, right)),
            y: LinearScale(domain: domain, pixels: (286, 86)), xName: "epoch", yName: name, yFactor: factor)
    }

    private var epochDomain: ClosedRange<Double> {
        let last = folds.flatMap(\.history).map(\.epoch).max() ?? 1
        return last > 1 ? 1...Double(last) : 0.5...1.5
    }

    private var lossDomain: ClosedRange<Double> {
        let losses = folds.flatMap(\.history).flatMap { [$0.trainLoss] + ($0.validationLoss.map { [$0] } ?? []) }
        let finite = losses.filter(\.isFinite)
        let (lowest, highest) = (min(0, finite.min() ?? 0), finite.max() ?? 1)
        return highest > lowest ? lowest...(highest + 0.05 * (highest - lowest)) : lowest...(lowest + 1)
    }

    private var description: String {
        let kept = folds.map { fold in
            let end = fold.history.last { $0.epoch == fold.bestEpoch }
            let loss = end.map { ", training loss \(fixed($0.trainLoss, digits: 3))" } ?? ""
            return "\(fold.name): \(counted(fold.history.count, "epoch")), epoch \(fold.bestEpoch ?? 0) kept\(loss)."
        }
        return (stamps + [summary.protocolSentence] + kept).joined(separator: " ")
    }
}
