/// A range of plausible values.
public struct Interval: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end, not below ``low``.
    public let high: Double

    /// A range from `low` to `high`.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}

extension Interval {
    /// The middle part of some values that holds the share `confidence` of them; `values` has at least one.
    ///
    /// Both ends interpolate linearly between neighbours in order, as `numpy.percentile` does by default.
    init(holding confidence: Double, of values: [Double]) {
        let sorted = values.sorted()
        let tail = (1 - confidence) / 2
        self.init(low: Self.quantile(tail, ofSorted: sorted), high: Self.quantile(1 - tail, ofSorted: sorted))
    }

    private static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
        let position = share * Double(values.count - 1)
        let below = Int(position.rounded(.down))
        let above = min(below + 1, values.count - 1)
        return values[below] + (values[above] - values[below]) * (position - Double(below))
    }
}
