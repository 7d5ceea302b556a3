/// How far the probability of the answer can be taken at its word: clips by confidence, and how many were right.
///
/// The confidence is the probability of the answered class. M bins of equal width divide (0, 1]; bin m holds the
/// confidences in ((m − 1) / M, m / M], so that an edge belongs to the bin on its left, and confidence 0 to the first.
/// Edges are rounded to Float32 as confidences are: the confidence 0.2 is at the edge 3 / 15, not beyond it.
///
/// Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015;
/// bins and edges as in Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.
public struct Calibration: Sendable, Equatable {
    /// M tallies, from the least confident clips to the most.
    public private(set) var bins: [CalibrationBin]

    /// No clips yet, and this many bins.
    public init(bins: Int = 15) {
        precondition(bins > 0, "a calibration needs a positive number of bins, found \(bins)")
        self.bins = (0..<bins).map { index in
            CalibrationBin(low: Float(index) / Float(bins), high: Float(index + 1) / Float(bins))
        }
    }

    /// The clips answered with these confidences, each between 0 and 1.
    public init(_ answers: [(confidence: Float, isRight: Bool)], bins: Int = 15) {
        self.init(bins: bins)
        for answer in answers { add(confidence: answer.confidence, isRight: answer.isRight) }
    }

    /// Counts one clip, whose confidence is between 0 and 1.
    public mutating func add(confidence: Float, isRight: Bool) {
        precondition(confidence >= 0 && confidence <= 1, "a confidence between 0 and 1 expected, found \(confidence)")
        let index = bins.firstIndex { confidence <= $0.high } ?? bins.count - 1
        bins[index].add(confidence: confidence, isRight: isRight)
    }

    /// The clips of both, which have as many bins.
    public static func + (left: Calibration, right: Calibration) -> Calibration {
        precondition(
            left.bins.count == right.bins.count,
            "calibrations to add have as many bins: \(left.bins.count) and \(right.bins.count) found")
        var sum = left
        for index in sum.bins.indices { sum.bins[index].add(right.bins[index]) }
        return sum
    }
}

extension Calibration {
    /// The number of clips counted.
    public var clips: Int { bins.reduce(0) { $0 + $1.clips } }

    /// The mean confidence over all clips; nil where there are none.
    public var meanConfidence: Double? { all.meanConfidence }

    /// The share of clips answered rightly, over all of them; nil where there are none.
    public var accuracy: Double? { all.accuracy }

    /// ECE: how far accuracy and mean confidence of a bin are apart, averaged over the bins weighted by their clips.
    ///
    /// Nil where there are no clips.
    public var expectedError: Double? {
        guard clips > 0 else { return nil }
        return bins.reduce(0) { $0 + abs($1.excess) } / Double(clips)
    }

    private var all: CalibrationBin {
        bins.reduce(into: CalibrationBin(low: 0, high: 1)) { $0.add($1) }
    }
}

/// The clips whose confidence lies in one range.
public struct CalibrationBin: Sendable, Equatable {
    /// The range's lower end, which belongs to the bin below.
    public let low: Float
    /// The range's upper end, which belongs to it.
    public let high: Float
    /// The number of clips.
    public private(set) var clips = 0
    /// How many of them were answered rightly.
    public private(set) var right = 0
    private var confidence = 0.0

    init(low: Float, high: Float) {
        self.low = low
        self.high = high
    }

    /// The mean confidence; nil where there are no clips.
    public var meanConfidence: Double? { clips == 0 ? nil : confidence / Double(clips) }

    /// The share answered rightly; nil where there are no clips.
    public var accuracy: Double? { clips == 0 ? nil : Double(right) / Double(clips) }

    /// How many clips fewer were right than the confidences add up to.
    fileprivate var excess: Double { confidence - Double(right) }

    fileprivate mutating func add(confidence: Float, isRight: Bool) {
        clips += 1
        right += isRight ? 1 : 0
        self.confidence += Double(confidence)
    }

    fileprivate mutating func add(_ other: CalibrationBin) {
        clips += other.clips
        right += other.right
        confidence += other.confidence
    }
}
