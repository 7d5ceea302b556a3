import Drawing
import Evaluation

/// Each speaker's WA beside that of all clips: who is understood and who is not.
///
/// Speakers stand in the order of their names; where there are too many, those with the lowest WA are shown.
struct SpeakersPicture {
    let summary: CellSummary
    let stamps: [String]

    private let margin = 16.0
    private let width = 620.0

    private struct Speaker {
        let name: String
        let clips: Int
        let right: Int
        var accuracy: Double { Double(right) / Double(clips) }
    }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "speakers-\(summary.cell.idForPages)", width: width, height: height, title: title,
            description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        for (number, line) in subtitle.enumerated() {
            document.addText(line, x: margin, y: 46 + 17 * Double(number), style: "note")
        }
        let rows = rows
        if let interval {
            rows.addBand(from: interval.low, to: interval.high, style: "band", on: &document)
        }
        rows.draw(on: &document)
        rows.addLine(at: summary.scores.accuracy, style: "control", to: &document)
        for (index, speaker) in shown.enumerated() { add(speaker, at: index, of: rows, to: &document) }
        legend.draw(on: &document, x: margin, y: rows.bottom + 60, within: width - 2 * margin)
        return document
    }

    private var title: String { "Speakers of \(shortened(summary.cell.id, to: 40))" }

    private var subtitle: [String] {
        let extent =
            isCut ? "the \(shown.count) of \(all.count) speakers with the lowest WA" : counted(all.count, "speaker")
        return wrapped(
            [shortened(summary.cell.split.name, to: 48)] + summary.cell.conditions + [extent],
            width: width - 2 * margin, size: 12)
    }

    private var description: String {
        let ends = interval.map { ", its interval \(percent($0.low, digits: 1)) to \(percent($0.high, digits: 1)) %" }
        let pooled = "WA over all clips \(percent(summary.scores.accuracy, digits: 1)) %\(ends ?? "")."
        let cut = isCut ? ["The \(shown.count) of \(all.count) speakers with the lowest WA."] : []
        let each = shown.map { "\($0.name) \(percent($0.accuracy, digits: 1)) %" }.joined(separator: ", ")
        return (stamps + [summary.protocolSentence, pooled] + cut + ["\(each)."]).joined(separator: " ")
    }
}

extension SpeakersPicture {
    private var interval: Interval? { summary.intervals?.accuracy }

    private var all: [Speaker] {
        summary.speakers.map { Speaker(name: $0.name, clips: $0.matrix.total, right: $0.matrix.right) }
    }

    private var isCut: Bool { summary.speakers.count > SpeakerRows.most }

    private var shown: [Speaker] {
        let lowest = all.sorted { ($0.accuracy, $0.name) < ($1.accuracy, $1.name) }.prefix(SpeakerRows.most)
        return lowest.sorted { $0.name < $1.name }
    }

    private var rows: SpeakerRows {
        let speakers = shown
        let ends = interval.map { [$0.low, $0.high] } ?? []
        return SpeakerRows(
            names: speakers.map(\.name), values: speakers.map(\.accuracy) + [summary.scores.accuracy] + ends,
            width: width)
    }

    private var height: Double { rows.bottom + 76 + legend.height(within: width - 2 * margin) }

    private func add(_ speaker: Speaker, at index: Int, of rows: SpeakerRows, to document: inout SVGDocument) {
        let tip =
            "\(speaker.name): \(speaker.right) of \(counted(speaker.clips, "clip")) right, "
            + "\(percent(speaker.accuracy, digits: 1)) %"
        let place = Point(x: rows.x(of: speaker.accuracy), y: rows.y(of: index))
        document.addGroup(tip: tip) { $0.addCircle(at: place, radius: 4, style: "series0 dot") }
    }

    private var legend: Legend {
        let band: [(mark: Legend.Mark, name: String)] =
            interval == nil ? [] : [(.field("band"), "its interval over speakers")]
        return Legend([(.circle("series0 dot"), "one speaker"), (.line("control"), "all clips")] + band)
    }
}
