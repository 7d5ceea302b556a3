/// The two axes of a chart: lines, ticks with their numbers, names.
public struct Axes {
    /// From values to pixels, left to right.
    public let x: LinearScale
    /// From values to pixels, bottom to top.
    public let y: LinearScale
    /// What stands below the x axis; nothing where another chart below shares it.
    public let xName: String
    /// What stands above the y axis.
    public let yName: String
    /// What the numbers at the y axis are multiplied by: 100 for per cent.
    public var yFactor: Double
    /// What the numbers at the x axis are multiplied by.
    public var xFactor: Double
    /// The least distance between ticks of x, after the factor: 1 for what can only be counted.
    public var smallestXStep: Double
    /// How many ticks the x axis has, at most about; none where names stand in their places.
    public var mostTicks: Int
    /// Where the ticks of x end, if before its domain does.
    public var lastTick: Double
    /// Whether the y axis has numbers and grid lines; without them the ticks of x go all the way up.
    public var hasYTicks: Bool
    /// How many ticks the y axis has, at most about.
    public var mostYTicks: Int
    /// The least distance between ticks of y, after the factor: 1 for what can only be counted.
    public var smallestYStep: Double

    /// Axes over two scales.
    public init(
        x: LinearScale, y: LinearScale, xName: String, yName: String, yFactor: Double = 1, xFactor: Double = 1,
        smallestXStep: Double = 1, mostTicks: Int = 10, lastTick: Double = .infinity, hasYTicks: Bool = true,
        mostYTicks: Int = 6, smallestYStep: Double = 0
    ) {
        self.x = x
        self.y = y
        self.xName = xName
        self.yName = yName
        self.yFactor = yFactor
        self.xFactor = xFactor
        self.smallestXStep = smallestXStep
        self.mostTicks = mostTicks
        self.lastTick = lastTick
        self.hasYTicks = hasYTicks
        self.mostYTicks = mostYTicks
        self.smallestYStep = smallestYStep
    }

    /// The pixel of a pair of values.
    public func point(_ xValue: Double, _ yValue: Double) -> Point {
        Point(x: x.position(of: xValue), y: y.position(of: yValue))
    }

    /// Draws lines, ticks and names.
    public func draw(on document: inout SVGDocument) {
        let (left, right) = x.pixels
        let (bottom, top) = y.pixels
        for tick in hasYTicks ? yTicks : [] {
            let height = y.position(of: tick.value / yFactor)
            document.addLine(from: Point(x: left, y: height), to: Point(x: right, y: height), style: "grid")
            document.addText(tick.text, x: left - 7, y: height + 4, style: "note", anchor: .end)
        }
        for tick in xTicks {
            let place = x.position(of: tick.value / xFactor)
            if !hasYTicks {
                document.addLine(from: Point(x: place, y: bottom), to: Point(x: place, y: top), style: "grid")
            }
            document.addLine(from: Point(x: place, y: bottom), to: Point(x: place, y: bottom + 4), style: "axis")
            document.addText(tick.text, x: place, y: bottom + 18, style: "note", anchor: .middle)
        }
        document.addLine(from: Point(x: left, y: bottom), to: Point(x: right, y: bottom), style: "axis")
        document.addText(yName, x: left, y: top - 10, style: "name")
        guard !xName.isEmpty else { return }
        let lastX = x.position(of: min(x.domain.upperBound, lastTick))
        document.addText(xName, x: (left + lastX) / 2, y: bottom + 36, style: "note", anchor: .middle)
    }

    private var yTicks: [Tick] { y.multiplied(by: yFactor).ticks(atMost: mostYTicks, smallest: smallestYStep) }

    private var xTicks: [Tick] {
        guard mostTicks > 0 else { return [] }
        return x.multiplied(by: xFactor).ticks(atMost: mostTicks, smallest: smallestXStep)
            .filter { $0.value / xFactor <= lastTick }
    }
}

extension LinearScale {
    fileprivate func multiplied(by factor: Double) -> LinearScale {
        LinearScale(domain: (domain.lowerBound * factor)...(domain.upperBound * factor), pixels: pixels)
    }
}
