/// A range that a parameter's value must lie in, and its words for messages.
public protocol ParameterRange<Bound>: RangeExpression {
    /// The range after the name of the type: "from 1 to 10", "of at least 1".
    var words: String { get }
}

extension Range: ParameterRange {
    /// "from 0 to below 1".
    public var words: String { "from \(lowerBound) to below \(upperBound)" }
}

extension ClosedRange: ParameterRange {
    /// "from 1 to 10".
    public var words: String { "from \(lowerBound) to \(upperBound)" }
}

extension PartialRangeFrom: ParameterRange {
    /// "of at least 1".
    public var words: String { "of at least \(lowerBound)" }
}

extension PartialRangeThrough: ParameterRange {
    /// "of at most 10".
    public var words: String { "of at most \(upperBound)" }
}

extension PartialRangeUpTo: ParameterRange {
    /// "below 1".
    public var words: String { "below \(upperBound)" }
}
