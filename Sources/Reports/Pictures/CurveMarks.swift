import Drawing
import Evaluation

/// What curves of scores over something are drawn with alike.
extension Axes {
    /// The values in sight, all shares of one, with a little room.
    static func domain(of values: [Double]) -> ClosedRange<Double> {
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let room = max(0.01, 0.06 * (high - low))
        return max(0, low - room)...min(1, high + room)
    }

    /// What others must beat: a line across and its name right of it, in `room` pixels.
    func addControl(_ control: CellSummary, room: Double, to document: inout SVGDocument) {
        let height = y.position(of: control.scores.uar)
        let (left, right) = x.pixels
        document.addLine(from: Point(x: left, y: height), to: Point(x: right, y: height), style: "control")
        let name = shortened(control.cell.head, width: room - 6, size: 12)
        document.addText(name, x: right + 6, y: height + 4, style: "note")
    }

    /// A dot and, where there is one, the bar of its interval.
    func addPoint(
        _ value: Double, _ interval: Interval?, x place: Double, style: String, to document: inout SVGDocument
    ) {
        if let interval {
            document.addLine(
                from: Point(x: place, y: y.position(of: interval.low)),
                to: Point(x: place, y: y.position(of: interval.high)), style: "\(style) bar")
        }
        document.addCircle(at: Point(x: place, y: y.position(of: value)), radius: 4, style: "\(style) dot")
    }
}
