import Drawing
import Evaluation

/// The confusion matrix of one cell: labels down, predictions across, clips and their share of the row in each field.
struct ConfusionMatrixPicture {
    let summary: CellSummary
    let stamps: [String]

    private var classes: [String] { summary.cell.classes }

    var document: SVGDocument {
        MatrixPicture(
            id: "confusion-\(summary.cell.idForPages)",
            title: "Confusion matrix of \(shortened(summary.cell.id, to: 40))", description: description,
            classes: classes, facts: facts, note: "Each field: clips, and their share of the row.", field: field
        ).document
    }

    private var facts: [String] {
        let extent = [counted(summary.pooled.total, "clip"), counted(summary.folds.count, "test fold")]
        return [shortened(summary.cell.split.name, to: 48)] + summary.cell.conditions + extent
    }

    private var description: String {
        let rows = classes.enumerated().map { label, name in
            let counts = classes.indices.map { "\(summary.pooled[label, $0]) \(classes[$0])" }
            return "\(name) was answered as: \(counts.joined(separator: ", "))."
        }
        return (stamps + [summary.protocolSentence] + rows).joined(separator: " ")
    }

    private func field(_ label: Int, _ predicted: Int) -> MatrixPicture.Field {
        let (count, support) = (summary.pooled[label, predicted], summary.pooled.support(of: label))
        let share = support == 0 ? 0 : Double(count) / Double(support)
        let part = support == 0 ? "" : ", \(percent(share, digits: 1)) % of \(support)"
        return MatrixPicture.Field(
            style: "heat", opacity: share, number: "\(count)",
            detail: support == 0 ? "–" : "\(percent(share, digits: 0)) %",
            tip: "\(classes[label]) answered as \(classes[predicted]): \(counted(count, "clip"))\(part)")
    }
}
