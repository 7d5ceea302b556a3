import Audio
import FeatureStore
import Foundation
import Wav2Vec2

/// A clip on its way to the encoder: decoded, mono, resampled, normalised.
struct PreparedClip {
    let digest: Digest
    let facts: StoredAudioFacts
    /// What the encoder takes: samples at its own rate.
    let samples: [Float]
    /// The clip's length in seconds.
    let seconds: Double

    /// The longest clip that is embedded, in seconds: buffers grow with it, and it is far beyond any utterance.
    static let longestSeconds = 60.0

    /// Reads and prepares a file; the bytes that are digested are the bytes that are decoded.
    ///
    /// - Parameter expected: the digest that the clip had when the corpus was listed; nil accepts any.
    /// - throws: `AudioError` when the file is no usable audio, ``CorpusError/changed(path:)`` when it is not what was listed.
    init(_ file: URL, name: String, expected: Digest?, preprocessing: Preprocessing) throws {
        let bytes = try Data(contentsOf: file)
        digest = Digest(hashing: bytes)
        guard expected == nil || digest == expected else { throw CorpusError.changed(path: name) }
        let audio = try decode(bytes, name: name)
        guard audio.facts.seconds <= Self.longestSeconds else {
            throw CorpusError.tooLong(path: name, seconds: audio.facts.seconds)
        }
        let check = SignalCheck(audio.samples)
        facts = StoredAudioFacts(audio.facts, check)
        try check.requireSound(in: name)
        samples = preprocessing.prepared(
            try resample(audio.samples, from: audio.facts.sampleRate, to: preprocessing.sampleRate))
        seconds = audio.facts.seconds
    }
}

extension StoredAudioFacts {
    /// What the store remembers of a decoded clip.
    init(_ facts: AudioFacts, _ check: SignalCheck) {
        self.init(
            sampleRate: facts.sampleRate, channels: facts.channels, frames: facts.frames, format: facts.format,
            peak: check.peak, rms: check.rms, clippedSamples: check.clippedSamples, isSilent: check.isSilent)
    }
}

extension Embedding {
    /// What the store keeps of an encoder's answer.
    init(_ states: PooledStates, by encoder: Encoder) {
        self.init(
            layers: states.layers, hidden: states.hidden, frames: states.frames, values: states.values,
            instructionSet: encoder.instructionSet)
    }
}
