import Drawing

/// Each speaker's WA under both protocols, joined by a line: how much knowing the speaker flatters.
struct LeakGapPicture {
    let gap: LeakGap
    let number: Int

    private let margin = 16.0
    private let width = 620.0
    private let row = 18.0
    private let top = 92.0

    private var speakers: [LeakGap.Speaker] { Array(gap.speakers.prefix(60)) }
    private var bottom: Double { top + row * Double(speakers.count) }
    private var height: Double { bottom + 76 + legend.height(within: width - 2 * margin) }
    private var names: (String, String) { (gap.dependent[0].cell.split.name, gap.independent[0].cell.split.name) }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "leak-gap-\(number + 1)", width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText("WA, %; mean over training seeds.", x: margin, y: 46, style: "note")
        axes.draw(on: &document)
        for (index, speaker) in speakers.enumerated() { add(speaker, at: index, to: &document) }
        legend.draw(on: &document, x: margin, y: bottom + 60, within: width - 2 * margin)
        return document
    }

    private var title: String { "Each speaker under both protocols" }

    private var description: String {
        let rows = gap.speakers.map {
            "\($0.name): \(percent($0.dependent, digits: 1)) and \(percent($0.independent, digits: 1)) %"
        }
        return "WA of each speaker under \(names.0) and under \(names.1). \(rows.joined(separator: ", "))."
    }

    private var axes: Axes {
        let values = speakers.flatMap { [$0.dependent, $0.independent] }
        let (low, high) = (max(0, (values.min() ?? 0) - 0.03), min(1, (values.max() ?? 1) + 0.03))
        return Axes(
            x: LinearScale(domain: low * 100...high * 100, pixels: (96, width - 28)),
            y: LinearScale(domain: 0...1, pixels: (bottom, top)), xName: "WA, %", yName: "speaker", mostTicks: 10,
            hasYTicks: false)
    }

    private func add(_ speaker: LeakGap.Speaker, at index: Int, to document: inout SVGDocument) {
        let y = top + row * (Double(index) + 0.5)
        let leaky = axes.x.position(of: speaker.dependent * 100)
        let fair = axes.x.position(of: speaker.independent * 100)
        document.addText(shortened(speaker.name, to: 12), x: 86, y: y + 4, style: "note", anchor: .end)
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
