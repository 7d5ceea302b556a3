/// What is known of a clip's audio without decoding it again.
public struct StoredAudioFacts: Sendable, Equatable {
    /// Samples a second, in Hz.
    public var sampleRate: Int
    /// The number of channels in the file.
    public var channels: Int
    /// The number of frames.
    public var frames: Int
    /// Container and encoding: "WAV PCM_16".
    public var format: String
    /// The largest absolute sample of the mono signal; full scale is 1.
    public var peak: Float
    /// The root of the mean square of the mono signal.
    public var rms: Float
    /// How many samples are at full scale.
    public var clippedSamples: Int
    /// Whether nothing can be heard.
    public var isSilent: Bool

    /// Gathers the facts of one clip.
    public init(
        sampleRate: Int, channels: Int, frames: Int, format: String, peak: Float, rms: Float, clippedSamples: Int,
        isSilent: Bool
    ) {
        self.sampleRate = sampleRate
        self.channels = channels
        self.frames = frames
        self.format = format
        self.peak = peak
        self.rms = rms
        self.clippedSamples = clippedSamples
        self.isSilent = isSilent
    }

    /// The length in seconds.
    public var seconds: Double { Double(frames) / Double(sampleRate) }
}
