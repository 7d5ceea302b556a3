import Drawing

/// Each speaker's WA under both protocols, joined by a line: how much knowing the speaker flatters.
struct LeakGapPicture {
    let gap: LeakGap
    let number: Int

    private let margin = 16.0
    private let width = 620.0

    private var speakers: [LeakGap.Speaker] { Array(gap.speakers.prefix(SpeakerRows.most)) }
    private var rows: SpeakerRows {
        SpeakerRows(
            names: speakers.map(\.name), values: speakers.flatMap { [$0.dependent, $0.independent] }, width: width)
    }
    private var height: Double { rows.bottom + 76 + legend.height(within: width - 2 * margin) }
    private var names: (String, String) { (gap.dependent[0].cell.split.name, gap.independent[0].cell.split.name) }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "leak-gap-\(number + 1)", width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText("WA, %; mean over training seeds.", x: margin, y: 46, style: "note")
        let rows = rows
        rows.draw(on: &document)
        for (index, speaker) in speakers.enumerated() { add(speaker, at: index, of: rows, to: &document) }
        legend.draw(on: &document, x: margin, y: rows.bottom + 60, within: width - 2 * margin)
        return document
    }

    private var title: String { "Each speaker under both protocols" }

    private var description: String {
        let rows = gap.speakers.map {
            "\($0.name): \(percent($0.dependent, digits: 1)) and \(percent($0.independent, digits: 1)) %"
        }
        return "WA of each speaker under \(names.0) and under \(names.1). \(rows.joined(separator: ", "))."
    }

    private func add(
        _ speaker: LeakGap.Speaker, at index: Int, of rows: SpeakerRows, to document: inout SVGDocument
    ) {
        let y = rows.y(of: index)
        let (leaky, fair) = (rows.x(of: speaker.dependent), rows.x(of: speaker.independent))
        document.addLine(from: Point(x: fair, y: y), to: Point(x: leaky, y: y), style: "series1 bar")
        document.addCircle(at: Point(x: leaky, y: y), radius: 4, style: "series1 dot")
        document.addCircle(at: Point(x: fair, y: y), radius: 4, style: "series0 dot")
    }

    private var legend: Legend {
        Legend([
            (.circle("series1 dot"), "\(shortened(names.0, to: 60)) (speaker-dependent)"),
            (.circle("series0 dot"), "\(shortened(names.1, to: 60)) (speaker-independent)"),
        ])
    }
}
