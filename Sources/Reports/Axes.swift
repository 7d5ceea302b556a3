/// The two axes of a line chart: lines, ticks with their numbers, names.
struct Axes {
    let x: LinearScale
    let y: LinearScale
    let xName: String
    let yName: String
    /// What the numbers at the y axis are multiplied by: 100 for per cent.
    var yFactor = 1.0
    /// How many ticks the x axis has, at most about.
    var mostTicks = 10
    /// Where the ticks of x end, if before its domain does.
    var lastTick = Double.infinity
    /// Whether the y axis has numbers and grid lines; without them the ticks of x go all the way up.
    var hasYTicks = true

    func point(_ xValue: Double, _ yValue: Double) -> Point {
        Point(x: x.position(of: xValue), y: y.position(of: yValue))
    }

    func draw(on document: inout SVGDocument) {
        let (left, right) = x.pixels
        let (bottom, top) = y.pixels
        for tick in hasYTicks ? yTicks : [] {
            let height = y.position(of: tick.value / yFactor)
            document.addLine(from: Point(x: left, y: height), to: Point(x: right, y: height), style: "grid")
            document.addText(tick.text, x: left - 7, y: height + 4, style: "note", anchor: .end)
        }
        for tick in x.ticks(atMost: mostTicks, smallest: 1) where tick.value <= lastTick {
            let place = x.position(of: tick.value)
            if !hasYTicks {
                document.addLine(from: Point(x: place, y: bottom), to: Point(x: place, y: top), style: "grid")
            }
            document.addLine(from: Point(x: place, y: bottom), to: Point(x: place, y: bottom + 4), style: "axis")
            document.addText(tick.text, x: place, y: bottom + 18, style: "note", anchor: .middle)
        }
        document.addLine(from: Point(x: left, y: bottom), to: Point(x: right, y: bottom), style: "axis")
        document.addText(yName, x: left, y: top - 10, style: "name")
        let lastX = x.position(of: min(x.domain.upperBound, lastTick))
        document.addText(xName, x: (left + lastX) / 2, y: bottom + 36, style: "note", anchor: .middle)
    }

    private var yTicks: [Tick] {
        let domain = (y.domain.lowerBound * yFactor)...(y.domain.upperBound * yFactor)
        return LinearScale(domain: domain, pixels: y.pixels).ticks(atMost: 6)
    }
}
