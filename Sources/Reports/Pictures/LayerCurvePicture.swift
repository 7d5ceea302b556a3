import Drawing
import Evaluation

/// UA over the layers: one line a series, bars for the intervals over speakers, dots for the seeds, controls across.
struct LayerCurvePicture {
    let curve: LayerCurve
    let number: Int

    private let margin = 16.0
    private let left = 56.0
    private let bottom = 330.0
    private let top = 92.0
    /// Pixels from layer to layer, and layers' room that a name of something else takes.
    private let step = 46.0
    private let slotWidth = 2.8
    /// Lines that differ in hue and dash.
    private let mostSeries = 4

    private var shown: [LayerCurve.Series] { Array(curve.series.prefix(mostSeries)) }
    private var numbers: [Int] { curve.numbers }
    private var others: [String] { curve.otherNames }
    private var first: Double { Double(numbers.first ?? 0) }
    private var last: Double { Double(numbers.last ?? 0) }
    private var end: Double { last + 0.5 + slotWidth * Double(others.count) }
    private var right: Double { left + step * (end - first + 0.5) }
    private var width: Double { max(480, right + 110) }
    private var height: Double { bottom + 74 + legend.height(within: width - 2 * margin) }

    var document: SVGDocument {
        var document = SVGDocument(
            id: "layers-\(number + 1)", width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText(
            "Mean over training seeds; bars: intervals over speakers; dots: the seeds.", x: margin, y: 46, style: "note"
        )
        axes.draw(on: &document)
        addOtherNames(to: &document)
        for control in curve.controls { axes.addControl(control, room: width - right - 4, to: &document) }
        for (index, series) in shown.enumerated() { add(series, style: "series\(index)", at: index, to: &document) }
        legend.draw(on: &document, x: margin, y: bottom + 58, within: width - 2 * margin)
        return document
    }

    private var title: String { "UA over the layers" }

    private var description: String {
        let lines = curve.series.map { series in
            let points = (series.layers + series.others).map { "\($0.layer) \(percent($0.uar, digits: 1)) %" }
            return "\(series.name): \(points.joined(separator: ", "))."
        }
        return (curve.stamps + [curve.protocolSentence] + lines).joined(separator: " ")
    }
}

extension LayerCurvePicture {
    private var domain: ClosedRange<Double> {
        let points = shown.flatMap { $0.layers + $0.others }
        let values =
            points.flatMap { $0.seeds + [$0.interval?.low ?? $0.uar, $0.interval?.high ?? $0.uar] }
            + curve.controls.map(\.scores.uar)
        return Axes.domain(of: values)
    }

    private var axes: Axes {
        Axes(
            x: LinearScale(domain: (first - 0.5)...end, pixels: (left, right)),
            y: LinearScale(domain: domain, pixels: (bottom, top)), xName: "layer (0 is the transformer's input)",
            yName: "UA, %", yFactor: 100, mostTicks: Int(end - first) + 2,
            lastTick: last)
    }

    private func place(_ point: LayerCurve.Point, at index: Int) -> Double {
        let apart = 7 * (Double(index) - Double(shown.count - 1) / 2)
        guard let number = point.number else { return slot(point.layer) + apart }
        return axes.x.position(of: Double(number)) + apart
    }

    /// Where something that is no single layer stands: right of the layers.
    private func slot(_ layer: String) -> Double {
        axes.x.position(of: last + 0.5 + slotWidth * (Double(others.firstIndex(of: layer) ?? 0) + 0.5))
    }

    private func addOtherNames(to document: inout SVGDocument) {
        for name in others {
            document.addText(
                shortened(name, to: 20), x: slot(name), y: bottom + 18, style: "note", anchor: .middle)
        }
    }

    private func add(_ series: LayerCurve.Series, style: String, at index: Int, to document: inout SVGDocument) {
        let points = series.layers.map { Point(x: place($0, at: index), y: axes.y.position(of: $0.uar)) }
        if points.count > 1 { document.addPolyline(points, style: style) }
        for point in series.layers + series.others {
            let x = place(point, at: index)
            if point.seeds.count > 1 {
                for seed in point.seeds {
                    document.addCircle(
                        at: Point(x: x + 4, y: axes.y.position(of: seed)), radius: 1.5, style: "\(style) seed")
                }
            }
            axes.addPoint(point.uar, point.interval, x: x, style: style, to: &document)
        }
    }

    private var legend: Legend { Legend(shown.enumerated().map { (.line("series\($0)"), $1.name) }) }
}
