import Drawing

/// How something grows with something else: curves through measured points, both axes from zero, so that what is
/// proportional is a straight line to the corner.
public struct GrowthPicture {
    /// One curve of it.
    public struct Curve {
        let name: String
        /// Measured, x ascending; a point that could not be measured is not there.
        let points: [(x: Double, y: Double)]

        /// A curve by what it is called in the legend.
        public init(name: String, points: [(x: Double, y: Double)]) {
            (self.name, self.points) = (name, points)
        }
    }

    private let id: String
    private let title: String
    private let subtitle: String
    private let xName: String
    private let yName: String
    /// At most four: more have no style of their own.
    private let curves: [Curve]

    private let margin = 16.0
    private let width = 560.0
    private let bottom = 330.0
    private let height = 404.0

    /// - Parameters:
    ///   - id: letters, digits and hyphens, for use within pages.
    ///   - curves: one to four.
    public init(id: String, title: String, subtitle: String, xName: String, yName: String, curves: [Curve]) {
        precondition((1...4).contains(curves.count), "a picture of 1 to 4 curves expected, found \(curves.count)")
        (self.id, self.title, self.subtitle) = (id, title, subtitle)
        (self.xName, self.yName, self.curves) = (xName, yName, curves)
    }

    /// The picture as a file of this name.
    public func rendered(file: String) -> RenderedText { RenderedText(file: file, text: document.text()) }

    var document: SVGDocument {
        var document = SVGDocument(id: id, width: width, height: height, title: title, description: description)
        document.addText(title, x: margin, y: 27, style: "title")
        document.addText(shortened(subtitle, width: width - 2 * margin, size: 12), x: margin, y: 46, style: "note")
        axes.draw(on: &document)
        for (index, curve) in curves.enumerated() { add(curve, style: "series\(index)", to: &document) }
        legend.draw(on: &document, x: margin, y: bottom + 58, within: width - 2 * margin)
        return document
    }

    private var axes: Axes {
        Axes(
            x: LinearScale(domain: 0...reach(\.x), pixels: (64, width - 24)),
            y: LinearScale(domain: 0...1.05 * reach(\.y), pixels: (bottom, 92)), xName: xName, yName: yName,
            smallestXStep: 0)
    }

    private func reach(_ value: KeyPath<(x: Double, y: Double), Double>) -> Double {
        let most = curves.flatMap(\.points).map { $0[keyPath: value] }.max() ?? 0
        return most > 0 ? most : 1
    }

    private func add(_ curve: Curve, style: String, to document: inout SVGDocument) {
        let points = curve.points.map { axes.point($0.x, $0.y) }
        if points.count > 1 { document.addPolyline(points, style: style) }
        for (point, values) in zip(points, curve.points) {
            document.addGroup(tip: "\(curve.name): \(xName) \(figure(values.x)), \(yName) \(figure(values.y))") {
                $0.addCircle(at: point, radius: 3.5, style: "\(style) dot")
            }
        }
    }

    private var legend: Legend {
        Legend(curves.enumerated().map { (.line("series\($0)"), $1.name) })
    }

    private var description: String {
        let lists = curves.map { curve in
            let points = curve.points.map { "\(figure($0.y)) at \(figure($0.x))" }
            return "\(curve.name): \(points.isEmpty ? "not measured" : points.joined(separator: ", "))."
        }
        return (["\(yName) over \(xName)."] + lists).joined(separator: " ")
    }

    /// A count as it is, a measure with as many digits as tell neighbours apart.
    private func figure(_ value: Double) -> String {
        if value == value.rounded() { return fixed(value, digits: 0) }
        return fixed(value, digits: value < 1 ? 4 : value < 100 ? 2 : 1)
    }
}
