import Drawing

/// What the lines and rings of the curves mean, in one row.
struct CurveLegend {
    let hasValidation: Bool
    let hasSeveralFolds: Bool

    func draw(on document: inout SVGDocument, x: Double, y: Double) {
        var place = x
        let mean = hasSeveralFolds ? ", mean of folds" : ""
        addLine("train", "training\(mean)", at: &place, y, on: &document)
        if hasValidation { addLine("validation", "validation\(mean)", at: &place, y, on: &document) }
        if hasSeveralFolds { addLine("train fold", "one fold", at: &place, y, on: &document) }
        document.addCircle(at: Point(x: place + 6, y: y - 4), radius: 4, style: "kept")
        document.addText("epoch kept", x: place + 16, y: y, style: "name")
    }

    private func addLine(
        _ style: String, _ text: String, at place: inout Double, _ y: Double, on document: inout SVGDocument
    ) {
        document.addPolyline([Point(x: place, y: y - 4), Point(x: place + 30, y: y - 4)], style: style)
        document.addText(text, x: place + 36, y: y, style: "name")
        place += 36 + textWidth(text, size: 12) + 14
    }
}
