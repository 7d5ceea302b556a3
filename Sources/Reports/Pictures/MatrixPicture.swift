import Drawing

/// A square of fields with the classes' names down and across: labels down, predictions across.
struct MatrixPicture {
    /// What one field shows.
    struct Field {
        let style: String
        /// How far it is filled, between 0 and 1.
        let opacity: Double
        let number: String
        /// In small letters below the number.
        let detail: String
        let tip: String
    }

    let id: String
    let title: String
    let description: String
    let classes: [String]
    /// What stands below the title, in as many lines as it needs.
    let facts: [String]
    /// What stands below the fields.
    let note: String
    var legend: Legend?
    /// The field of a label and a prediction, both indexes of classes.
    let field: (_ label: Int, _ predicted: Int) -> Field

    private let side = 56.0
    private let margin = 16.0
    private let labelSize = 12.0
    private let turn = -40.0

    var document: SVGDocument {
        var document = SVGDocument(id: id, width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        for (number, line) in subtitle.enumerated() {
            document.addText(line, x: margin, y: 46 + 17 * Double(number), style: "note")
        }
        addHeadings(to: &document)
        let corner = Point(x: left, y: top)
        for label in classes.indices {
            for predicted in classes.indices { addField(label, predicted, from: corner, to: &document) }
        }
        legend?.draw(on: &document, x: margin, y: top + extent + 26, within: width - 2 * margin)
        document.addText(note, x: margin, y: height - 14, style: "note")
        return document
    }
}

extension MatrixPicture {
    private var names: [String] { classes.map { shortened($0, to: 20) } }
    private var widestName: Double { names.map { textWidth($0, size: labelSize) }.max() ?? 0 }
    private var isTurned: Bool { widestName > side - 4 }

    private var subtitle: [String] { wrapped(facts, width: width - 2 * margin, size: labelSize) }
    private var left: Double { margin + 22 + widestName + 8 }
    private var top: Double { 46 + 17 * Double(subtitle.count) + 22 + (isTurned ? widestName * 0.65 + 10 : 18) }
    private var extent: Double { side * Double(classes.count) }
    /// Turned names of the last columns reach beyond the matrix.
    private var width: Double {
        let matrix = left + extent + margin + (isTurned ? max(0, widestName * 0.77 - side / 2) : 0)
        let texts = [textWidth(title, size: 15), textWidth(note, size: labelSize)].map { $0 + 2 * margin }
        return (texts + [matrix]).reduce(380, max)
    }
    private var legendHeight: Double { legend.map { 22 + $0.height(within: width - 2 * margin) } ?? 0 }
    private var height: Double { top + extent + 40 + legendHeight }

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

    private func addField(
        _ label: Int, _ predicted: Int, from corner: Point, to document: inout SVGDocument
    ) {
        let field = field(label, predicted)
        let (x, y) = (corner.x + side * Double(predicted), corner.y + side * Double(label))
        let (centre, middle) = (x + side / 2, y + side / 2)
        document.addGroup(tip: field.tip, data: [("label", "\(label)"), ("predicted", "\(predicted)")]) { document in
            document.addRectangle(
                x: x, y: y, width: side, height: side, style: field.style, opacity: field.opacity)
            document.addText(field.number, x: centre, y: middle, style: "count", anchor: .middle)
            document.addText(field.detail, x: centre, y: middle + 16, style: "share", anchor: .middle)
        }
    }
}
