/// By how much the second of two results is better in one score, and how far that would move with other speakers.
public struct PairedDifference: Sendable, Equatable {
    /// The second's score minus the first's.
    public let difference: Double
    /// The percentile interval of the differences of the replicates; nil with fewer than two speakers.
    ///
    /// Every draw takes the same speakers for both results, so what is hard or easy about a speaker for both cancels.
    public let interval: Interval?

    /// The difference of two scores, and of their replicates in the same draws.
    init(_ first: Double, _ second: Double, replicates: ([Double], [Double])?, confidence: Double) {
        difference = second - first
        interval = replicates.map { first, second in
            Interval(holding: confidence, of: zip(first, second).map { $1 - $0 })
        }
    }
}
