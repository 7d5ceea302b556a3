import Drawing
import Evaluation

/// The confusion matrix of one cell: labels down, predictions across, clips and their share of the row in each field.
struct ConfusionMatrixPicture {
    let summary: CellSummary
    let stamps: [String]

    private var classes: [String] { summary.cell.classes }
    private let side = 56.0
    private let margin = 16.0
    private let labelSize = 12.0
    private let turn = -40.0

    var document: SVGDocument {
        var document = SVGDocument(
            id: "confusion-\(summary.cell.idForPages)", width: width, height: height, title: title,
            description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        for (number, line) in subtitle.enumerated() {
            document.addText(line, x: margin, y: 46 + 17 * Double(number), style: "note")
        }
        addHeadings(to: &document)
        for label in classes.indices {
            for predicted in classes.indices { addField(label, predicted, to: &document) }
        }
        document.addText(
            "Each field: clips, and their share of the row.", x: margin, y: height - 14, style: "note")
        return document
    }

    private var title: String { "Confusion matrix of \(shortened(summary.cell.id, to: 40))" }

    private var subtitle: [String] {
        let extent = [counted(summary.pooled.total, "clip"), counted(summary.folds.count, "test fold")]
        return wrapped(
            [shortened(summary.cell.split.name, to: 48)] + summary.cell.conditions + extent, width: width - 2 * margin,
            size: labelSize)
    }

    private var description: String {
        let rows = classes.enumerated().map { label, name in
            let counts = classes.indices.map { "\(summary.pooled[label, $0]) \(classes[$0])" }
            return "\(name) was answered as: \(counts.joined(separator: ", "))."
        }
        return (stamps + [summary.protocolSentence] + rows).joined(separator: " ")
    }
}

extension ConfusionMatrixPicture {
    private var names: [String] { classes.map { shortened($0, to: 20) } }
    private var widestName: Double { names.map { textWidth($0, size: labelSize) }.max() ?? 0 }
    private var isTurned: Bool { widestName > side - 4 }

    private var left: Double { margin + 22 + widestName + 8 }
    private var top: Double { 46 + 17 * Double(subtitle.count) + 22 + (isTurned ? widestName * 0.65 + 10 : 18) }
    private var extent: Double { side * Double(classes.count) }
    /// Turned names of the last columns reach beyond the matrix.
    private var width: Double {
        max(380, left + extent + margin + (isTurned ? max(0, widestName * 0.77 - side / 2) : 0))
    }
    private var height: Double { top + extent + 40 }

    private func addHeadings(to document: inout SVGDocument) {
        let middle = top + extent / 2
        document.addText("label", x: margin + 10, y: middle, style: "note", anchor: .middle, angle: -90)
        let above = top - 12 - (isTurned ? widestName * 0.65 + 8 : 16)
        document.addText("predicted", x: left + extent / 2, y: above, style: "note", anchor: .middle)
        for (index, name) in names.enumerated() {
            let centre = (Double(index) + 0.5) * side
            document.addText(name, x: left - 8, y: top + centre + 4, style: "name", anchor: .end)
            document.addText(
                name, x: left + centre, y: top - 8, style: "name", anchor: isTurned ? .start : .middle,
                angle: isTurned ? turn : 0)
        }
    }

    private func addField(_ label: Int, _ predicted: Int, to document: inout SVGDocument) {
        let (count, support) = (summary.pooled[label, predicted], summary.pooled.support(of: label))
        let share = support == 0 ? 0 : Double(count) / Double(support)
        let (x, y) = (left + side * Double(predicted), top + side * Double(label))
        document.addRectangle(x: x, y: y, width: side, height: side, style: "heat", opacity: share)
        let centre = x + side / 2
        document.addText("\(count)", x: centre, y: y + side / 2, style: "count", anchor: .middle)
        let shareText = support == 0 ? "–" : "\(percent(share, digits: 0)) %"
        document.addText(shareText, x: centre, y: y + side / 2 + 16, style: "share", anchor: .middle)
    }
}
