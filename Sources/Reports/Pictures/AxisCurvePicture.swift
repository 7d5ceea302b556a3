import Drawing
import Evaluation

/// UA over the values of one axis: each setting of the other axes thin, their mean bold with its interval.
///
/// Numbers are joined by lines; words have no order, so that their dots are joined faintly.
struct AxisCurvePicture {
    let curve: AxisCurve

    private let margin = 16.0
    private let left = 56.0
    private let top = 92.0
    private let bottom = 330.0
    private let controlRoom = 110.0
    private let nameSize = 12.0

    /// More lines could not be told apart.
    static let mostSettings = 120

    /// What stands below the axis, one a value.
    private var names: [String] { curve.values.map { shortened($0, to: 24) } }
    private var step: Double {
        let widest = names.map { textWidth($0, size: nameSize) }.max() ?? 0
        return max(64, widest + 14, (480 - left - controlRoom) / Double(names.count))
    }
    private var right: Double { left + step * Double(names.count) }
    private var width: Double { right + controlRoom }
    private var height: Double { bottom + 74 + legend.height(within: width - 2 * margin) }
    private var shown: [AxisCurve.Setting] {
        curve.settings.count > 1 ? Array(curve.settings.prefix(Self.mostSettings)) : []
    }

    var document: SVGDocument {
        var document = SVGDocument(
            id: curve.pageID, width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText(subtitle, x: margin, y: 46, style: "note")
        axes.draw(on: &document)
        for (index, name) in names.enumerated() {
            document.addText(name, x: place(index), y: bottom + 18, style: "note", anchor: .middle)
        }
        for control in curve.controls { axes.addControl(control, room: controlRoom, to: &document) }
        for setting in shown { add(setting, to: &document) }
        addMeans(to: &document)
        legend.draw(on: &document, x: margin, y: bottom + 58, within: width - 2 * margin)
        return document
    }

    private var title: String { shortened(curve.title, width: width - 2 * margin, size: 15) }

    private var subtitle: String {
        let cut = shown.count < curve.settings.count && !shown.isEmpty
        return "Mean over training seeds; bars: intervals over speakers."
            + (cut ? " The first \(shown.count) of \(curve.settings.count) settings." : "")
    }

    private var description: String {
        let means = zip(curve.values, curve.means).map { value, mean in
            let ends = mean.interval.map {
                " (interval \(percent($0.low, digits: 1)) to \(percent($0.high, digits: 1)) %)"
            }
            return "\(value) \(percent(mean.uar, digits: 1)) %\(ends ?? "")"
        }
        let complete = curve.complete.count
        let words =
            means.isEmpty
            ? "No setting of the other axes has every value."
            : "Mean UA over \(counted(complete, "setting")) of the other axes: \(means.joined(separator: ", "))."
        return (curve.stamps + [curve.protocolSentence, words]).joined(separator: " ")
    }
}

extension AxisCurvePicture {
    private var axes: Axes {
        let values =
            shown.flatMap(\.uar).compactMap(\.self) + curve.controls.map(\.scores.uar)
            + curve.means.flatMap { [$0.uar, $0.interval?.low ?? $0.uar, $0.interval?.high ?? $0.uar] }
        return Axes(
            x: LinearScale(domain: -0.5...(Double(names.count) - 0.5), pixels: (left, right)),
            y: LinearScale(domain: Axes.domain(of: values), pixels: (bottom, top)), xName: curve.axis,
            yName: "UA, %", yFactor: 100, mostTicks: 0)
    }

    private func place(_ index: Int) -> Double { axes.x.position(of: Double(index)) }

    private func add(_ setting: AxisCurve.Setting, to document: inout SVGDocument) {
        let points = setting.uar.enumerated().compactMap { index, uar in
            uar.map { axes.point(Double(index), $0) }
        }
        let figures = setting.uar.map { $0.map { "\(percent($0, digits: 1)) %" } ?? "–" }.joined(separator: ", ")
        document.addGroup(tip: "\(setting.name): \(figures)") { document in
            if points.count > 1 { document.addPolyline(points, style: "setting") }
            for point in points { document.addCircle(at: point, radius: 2, style: "setting dot") }
        }
    }

    private func addMeans(to document: inout SVGDocument) {
        let points = curve.means.enumerated().map { axes.point(Double($0), $1.uar) }
        if points.count > 1 { document.addPolyline(points, style: meanStyle) }
        for (index, mean) in curve.means.enumerated() {
            axes.addPoint(mean.uar, mean.interval, x: place(index), style: "series0", to: &document)
        }
    }

    private var meanStyle: String { curve.isNumeric ? "series0" : "series0 faint" }

    private var legend: Legend {
        let complete = curve.complete.count
        let mean: [(mark: Legend.Mark, name: String)] =
            curve.means.isEmpty
            ? [] : [(.line("series0"), complete == 1 ? "UA" : "mean of \(complete) settings of the other axes")]
        return Legend(mean + (shown.isEmpty ? [] : [(.line("setting"), "one setting")]))
    }
}
