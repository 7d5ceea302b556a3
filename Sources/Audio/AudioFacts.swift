/// What a file says of its audio, before any of it is averaged or resampled.
public struct AudioFacts: Sendable, Equatable {
    /// Samples a second of each channel, in Hz.
    public var sampleRate: Int
    /// The number of channels.
    public var channels: Int
    /// The number of frames (one sample of every channel) that were decoded.
    public var frames: Int
    /// Container and encoding in libsndfile's terms: "WAV PCM_16".
    public var format: String

    /// Gathers the facts of one file.
    public init(sampleRate: Int, channels: Int, frames: Int, format: String) {
        self.sampleRate = sampleRate
        self.channels = channels
        self.frames = frames
        self.format = format
    }

    /// The length in seconds.
    public var seconds: Double { Double(frames) / Double(sampleRate) }
}
