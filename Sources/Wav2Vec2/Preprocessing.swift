import Foundation

/// What a clip goes through before the encoder, as the checkpoint's `preprocessor_config.json` gives it.
///
/// Follows transformers 5.23, `models/wav2vec2/feature_extraction_wav2vec2.py`, `Wav2Vec2FeatureExtractor`, whose
/// defaults stand for absent keys. The file itself must be there: whether the encoder was trained on normalised
/// samples cannot be told from the weights.
public struct Preprocessing: Sendable, Equatable {
    /// The sample rate the encoder was trained on, in Hz (`sampling_rate`).
    public var sampleRate = 16000
    /// Whether each clip is brought to zero mean and unit variance (`do_normalize`).
    public var normalizes = true

    /// What wav2vec2-base was trained with: 16 kHz, normalised.
    public static let base = Preprocessing()

    private enum Extractor: String, CaseIterable {
        case wav2vec2 = "Wav2Vec2FeatureExtractor"
    }
}

extension Preprocessing {
    /// Reads a `preprocessor_config.json`.
    ///
    /// Throws an ``EncoderError``: `absent`, `unreadable`, `malformed`, `wrongValue`, or `unsupported` where the file
    /// describes another extractor than that of wav2vec 2.0.
    public init(contentsOf file: URL) throws {
        let settings = try SettingsFile(contentsOf: file)
        let _: Extractor = try settings.choice("feature_extractor_type", default: .wav2vec2)
        try settings.refuse("feature_size", unless: .number(1))
        sampleRate = try settings.integer("sampling_rate", default: sampleRate, in: 1000...768_000)
        normalizes = try settings.boolean("do_normalize", default: normalizes)
    }

    /// The samples as the encoder takes them: (x − mean) / √(variance + 1e-7) where the encoder wants that.
    public func prepared(_ samples: [Float]) -> [Float] {
        guard normalizes, !samples.isEmpty else { return samples }
        let count = Double(samples.count)
        let mean = samples.reduce(0.0) { $0 + Double($1) } / count
        let variance = samples.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        let scale = 1 / (variance + 1e-7).squareRoot()
        return samples.map { Float((Double($0) - mean) * scale) }
    }
}
