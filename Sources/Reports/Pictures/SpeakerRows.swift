import Drawing

/// One row a speaker over an axis of WA in per cent: what pictures by speaker are drawn on.
struct SpeakerRows {
    /// How many speakers a picture has room for.
    static let most = 60

    /// The speakers' names, in the order of the rows.
    let names: [String]
    /// All shares that must be in sight, as fractions of one.
    let values: [Double]
    let width: Double

    private let row = 18.0
    private let top = 92.0

    /// Where the last row ends.
    var bottom: Double { top + row * Double(names.count) }

    /// The middle of a row.
    func y(of index: Int) -> Double { top + row * (Double(index) + 0.5) }

    /// The place of a share on the axis.
    func x(of share: Double) -> Double { axes.x.position(of: share * 100) }

    /// A line across all rows.
    func addLine(at share: Double, style: String, to document: inout SVGDocument) {
        document.addLine(from: Point(x: x(of: share), y: bottom), to: Point(x: x(of: share), y: top), style: style)
    }

    /// A band across all rows.
    func addBand(from low: Double, to high: Double, style: String, on document: inout SVGDocument) {
        document.addRectangle(
            x: x(of: low), y: top, width: x(of: high) - x(of: low), height: bottom - top, style: style)
    }

    /// Draws the axis and the names.
    func draw(on document: inout SVGDocument) {
        axes.draw(on: &document)
        for (index, name) in names.enumerated() {
            document.addText(shortened(name, to: 12), x: 86, y: y(of: index) + 4, style: "note", anchor: .end)
        }
    }

    private var axes: Axes {
        let (low, high) = (max(0, (values.min() ?? 0) - 0.03), min(1, (values.max() ?? 1) + 0.03))
        return Axes(
            x: LinearScale(domain: low * 100...high * 100, pixels: (96, width - 28)),
            y: LinearScale(domain: 0...1, pixels: (bottom, top)), xName: "WA, %", yName: "speaker", mostTicks: 10,
            hasYTicks: false)
    }
}
