import Drawing
import Evaluation

/// Whether a head is right as often as it says: accuracy against confidence, bin by bin, and how many clips each bin has.
///
/// Source: the reliability diagrams of Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML
/// 2017; each bin stands at its mean confidence.
struct ReliabilityPicture {
    let cell: ReportCell
    /// Of at least one clip.
    let calibration: Calibration
    let stamps: [String]

    private let margin = 16.0
    private let width = 440.0
    private let left = 56.0
    private let top = 106.0
    private let side = 330.0
    private let counts = (top: 482.0, bottom: 552.0)
    private var bottom: Double { top + side }
    private var height: Double { counts.bottom + 74 }

    private var filled: [CalibrationBin] { calibration.bins.filter { $0.clips > 0 } }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "reliability-\(cell.idForPages)", width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        for (number, line) in subtitle.enumerated() {
            document.addText(line, x: margin, y: 46 + 17 * Double(number), style: "note")
        }
        reliability.draw(on: &document)
        histogram.draw(on: &document)
        document.addLine(from: reliability.point(0, 0), to: reliability.point(1, 1), style: "control")
        for bin in filled { add(bin, to: &document) }
        legend.draw(on: &document, x: margin, y: height - 16, within: width - 2 * margin)
        return document
    }

    private var title: String { shortened("Reliability of \(cell.id)", width: width - 2 * margin, size: 15) }

    private var subtitle: [String] {
        let facts = ([shortened(cell.split.name, to: 24)] + cell.conditions).joined(separator: ", ")
        return [facts, "\(summary), \(counted(calibration.clips, "clip"))"]
    }

    private var summary: String {
        "ECE \(text(calibration.expectedError)), mean confidence \(text(calibration.meanConfidence)), "
            + "WA \(text(calibration.accuracy))"
    }

    private var description: String {
        let conditions = "Protocol \(([cell.split.name] + cell.conditions).joined(separator: ", "))."
        return (stamps + [conditions, "\(summary)."] + filled.map { "\(words(of: $0))." }).joined(separator: " ")
    }
}

extension ReliabilityPicture {
    private var confidence: LinearScale { LinearScale(domain: 0...1, pixels: (left, left + side)) }

    private var reliability: Axes {
        Axes(
            x: confidence, y: LinearScale(domain: 0...1, pixels: (bottom, top)), xName: "", yName: "right, %",
            yFactor: 100, mostTicks: 0)
    }

    private var histogram: Axes {
        let most = Double(filled.map(\.clips).max() ?? 1)
        return Axes(
            x: confidence, y: LinearScale(domain: 0...most, pixels: (counts.bottom, counts.top)),
            xName: "confidence, %", yName: "clips", xFactor: 100, mostYTicks: 3, smallestYStep: 1)
    }

    /// A bin's dot with its distance from the diagonal, and its column below.
    private func add(_ bin: CalibrationBin, to document: inout SVGDocument) {
        guard let mean = bin.meanConfidence, let accuracy = bin.accuracy else { return }
        let dot = reliability.point(mean, accuracy)
        let corner = histogram.point(Double(bin.low), Double(bin.clips))
        let end = histogram.point(Double(bin.high), 0)
        document.addGroup(tip: words(of: bin)) { document in
            document.addLine(from: reliability.point(mean, mean), to: dot, style: "series0 bar")
            document.addCircle(at: dot, radius: 4, style: "series0 dot")
            document.addRectangle(
                x: corner.x, y: corner.y, width: end.x - corner.x, height: end.y - corner.y, style: "heat")
        }
    }

    private func words(of bin: CalibrationBin) -> String {
        "Confidence \(percent(Double(bin.low), digits: 1)) to \(percent(Double(bin.high), digits: 1)) %: "
            + "\(counted(bin.clips, "clip")), mean \(text(bin.meanConfidence)), \(text(bin.accuracy)) right"
    }

    private func text(_ share: Double?) -> String { share.map { "\(percent($0, digits: 1)) %" } ?? "–" }

    private var legend: Legend {
        Legend([(.circle("series0 dot"), "the clips of one bin"), (.line("control"), "as often right as said")])
    }
}
