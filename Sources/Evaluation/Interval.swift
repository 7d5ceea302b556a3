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
    public init(holding confidence: Double, of values: [Double]) {
        var statistics = OrderStatistics(values)
        let tail = (1 - confidence) / 2
        self.init(low: Self.quantile(tail, of: &statistics), high: Self.quantile(1 - tail, of: &statistics))
    }

    private static func quantile(_ share: Double, of values: inout OrderStatistics) -> Double {
        let position = share * Double(values.count - 1)
        let rank = Int(position.rounded(.down))
        let below = values.value(at: rank)
        let above = values.value(at: min(rank + 1, values.count - 1))
        return below + (above - below) * (position - Double(rank))
    }
}
