import CSndfile
import CSoxr
import Foundation

/// A decoded file: its facts and one channel of samples at the file's own rate.
public struct DecodedAudio: Sendable {
    /// What the file says of its audio.
    public var facts: AudioFacts
    /// Mono samples at `facts.sampleRate`, `facts.frames` of them; integer formats are scaled to [-1, 1).
    public var samples: [Float]

    /// Joins samples to their facts.
    public init(facts: AudioFacts, samples: [Float]) {
        self.facts = facts
        self.samples = samples
    }
}

/// The versions that decide the samples: part of every recipe, so that other libraries make other rows.
public let decoderDescription: String = {
    let resampler = String(cString: soxr_version()).replacing("libsoxr", with: "soxr")
    return "\(String(cString: sf_version_string())) \(resampler) HQ"
}()

/// Decodes a whole audio file that lies in memory, so that the bytes that were hashed are the bytes decoded.
///
/// Channels are averaged in Float32 in channel order. Up to seven channels that is bit for bit numpy's `mean(1)`.
/// Nothing is allocated from a length that only the header claims. Safe to call from any number of threads.
///
/// - parameter bytes: The file's content in any format libsndfile reads (WAV, FLAC, Ogg and others).
/// - parameter name: The clip's name, for messages only.
/// - throws: ``AudioError`` when the bytes are not one whole, plausible audio file.
public func decode(_ bytes: Data, name: String) throws -> DecodedAudio {
    guard !bytes.isEmpty else { throw AudioError.empty(clip: name) }
    return try bytes.withUnsafeBytes { content in
        let file = try SoundFile(MemoryFile(content), name: name)
        try file.checkPlausibility()
        try file.checkDeclaredLengths()
        let samples = try file.readMono()
        let facts = AudioFacts(
            sampleRate: file.sampleRate, channels: file.channels, frames: samples.count, format: file.format)
        return DecodedAudio(facts: facts, samples: samples)
    }
}
