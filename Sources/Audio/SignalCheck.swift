/// What a look over a signal tells; fed piece by piece.
public struct SignalCheck: Sendable, Equatable {
    private var count = 0
    private var (lowest, highest) = (Float.infinity, -Float.infinity)
    private var (sum, squares) = (0.0, 0.0)
    /// How many samples stand at or beyond ±(1 - 2^-15), the last steps of a 16-bit recording.
    public private(set) var clippedSamples = 0

    /// The distance from the mean that a sample must exceed to be heard: -80 dBFS, three steps of a 16-bit recording.
    public static let silenceThreshold: Float = 1e-4

    private static let fullScale: Float = 1 - 0x1p-15

    /// Looks over mono samples, the first of a signal or all of it.
    public init(_ samples: [Float] = []) { add(samples) }

    /// Looks over the samples that follow.
    public mutating func add(_ samples: [Float]) {
        var (lowest, highest, sum, squares, clipped) = (lowest, highest, sum, squares, 0)
        for sample in samples {
            lowest = min(lowest, sample)
            highest = max(highest, sample)
            sum += Double(sample)
            squares += Double(sample) * Double(sample)
            if abs(sample) >= Self.fullScale { clipped += 1 }
        }
        (self.lowest, self.highest, self.sum, self.squares) = (lowest, highest, sum, squares)
        clippedSamples += clipped
        count += samples.count
    }

    /// The largest absolute sample; full scale is 1.
    public var peak: Float { count == 0 ? 0 : max(-lowest, highest) }

    /// The root of the mean square.
    public var rms: Float { Float((squares / Double(max(1, count))).squareRoot()) }

    /// Whether no sample strays further than -80 dBFS (0.0001 of full scale) from the mean, or there are none at all.
    ///
    /// Measured from the mean, because a constant offset is no sound; digital zeros and faint dither are silent too.
    public var isSilent: Bool {
        let mean = Float(sum / Double(max(1, count)))
        return count == 0 || max(highest - mean, mean - lowest) <= Self.silenceThreshold
    }
}
