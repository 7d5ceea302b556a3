/// What a look over a signal tells before any compute is spent on it.
public struct SignalCheck: Sendable, Equatable {
    /// The largest absolute sample; full scale is 1.
    public var peak: Float
    /// The root of the mean square.
    public var rms: Float
    /// How many samples stand at or beyond ±(1 - 2^-15), the last steps of a 16-bit recording.
    public var clippedSamples: Int
    /// Whether no sample strays further than -80 dBFS (0.0001 of full scale) from the mean, or there are none at all.
    ///
    /// Measured from the mean, because a constant offset is no sound; digital zeros and faint dither are silent too.
    public var isSilent: Bool

    /// The distance from the mean that a sample must exceed to be heard: -80 dBFS, three steps of a 16-bit recording.
    public static let silenceThreshold: Float = 1e-4

    private static let fullScale: Float = 1 - 0x1p-15

    /// Looks over mono samples.
    public init(_ samples: [Float]) {
        var (lowest, highest) = (Float.infinity, -Float.infinity)
        var (sum, squares, clipped) = (0.0, 0.0, 0)
        for sample in samples {
            lowest = min(lowest, sample)
            highest = max(highest, sample)
            sum += Double(sample)
            squares += Double(sample) * Double(sample)
            if abs(sample) >= Self.fullScale { clipped += 1 }
        }
        let count = Double(max(1, samples.count))
        let mean = Float(sum / count)
        peak = samples.isEmpty ? 0 : max(-lowest, highest)
        rms = Float((squares / count).squareRoot())
        clippedSamples = clipped
        isSilent = samples.isEmpty || max(highest - mean, mean - lowest) <= Self.silenceThreshold
    }

    /// Refuses a clip without sound: its embedding would say nothing, and normalising it would amplify dither.
    ///
    /// - throws: ``AudioError/silent(clip:peak:)``.
    public func requireSound(in name: String) throws {
        if isSilent { throw AudioError.silent(clip: name, peak: peak) }
    }
}
