import Checkpoints
import Drafts
import Foundation
import Randomness

/// Checkpoints with seeded random weights, which stand in where no trained checkpoint is at hand.
///
/// They are laid out as on the Hugging Face hub and load like any other; their `config.json` carries the seed, by which
/// ``isUntrained(directory:)`` knows them.
public enum UntrainedEncoder {
    private static let seedKey = "timbre_untrained_seed"

    /// Writes a checkpoint directory with weights drawn as transformers draws those of a new model.
    ///
    /// The same seed and configuration give the same bytes on any number of cores. The directory is written beside
    /// its place and renamed; an untrained encoder that stands there is replaced. Throws `EncoderError.occupied`
    /// where anything else stands there, `EncoderError.cannotWrite`, or a `CheckpointError`.
    public static func write(
        to directory: URL, seed: UInt64, configuration: EncoderConfiguration = .base
    ) throws {
        precondition(configuration.modelType == .wav2vec2, "only wav2vec 2.0 encoders are drawn")
        if FileManager.default.fileExists(atPath: directory.path), !isUntrained(directory: directory) {
            throw EncoderError.occupied(path: directory.relativePath)
        }
        let parent = directory.deletingLastPathComponent()
        let draft = try reporting(directory) {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            return try Draft.folder(in: parent)
        }
        let partial = draft.url
        try reporting(directory) {
            try json(UntrainedSettings(configuration, seed: seed)).write(
                to: partial.appendingPathComponent("config.json"))
            try json(UntrainedPreprocessing()).write(to: partial.appendingPathComponent("preprocessor_config.json"))
        }
        let weights = InitialWeights(configuration, seed: seed)
        try SafetensorsWriter.write(
            weights.tensors, metadata: ["format": "pt"], to: partial.appendingPathComponent("model.safetensors"))
        try reporting(directory) { try put(draft, at: directory) }
    }

    /// Whether a checkpoint directory was written by ``write(to:seed:configuration:)``.
    public static func isUntrained(directory: URL) -> Bool {
        let settings = try? SettingsFile(contentsOf: directory.appendingPathComponent("config.json"))
        return settings?.members[seedKey] != nil
    }

    private static func put(_ draft: Draft, at directory: URL) throws {
        if isUntrained(directory: directory) { try FileManager.default.removeItem(at: directory) }
        try draft.publish(to: directory)
    }

    private static func reporting<Result>(_ directory: URL, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let reason = (underlying ?? error as NSError).localizedDescription
            throw EncoderError.cannotWrite(directory: directory.relativePath, reason: reason)
        }
    }

    private static func json(_ settings: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(settings) + Data("\n".utf8)
    }
}

/// The keys of facebook/wav2vec2-base's `config.json` that shape the encoder, and the seed.
private struct UntrainedSettings: Encodable {
    let architectures = ["Wav2Vec2Model"]
    let modelType = "wav2vec2"
    let hiddenAct = "gelu"
    let featExtractActivation = "gelu"
    let addAdapter = false
    let initializerRange = 0.02
    let maskTimeProb = 0.05
    let hiddenSize, numHiddenLayers, numAttentionHeads, intermediateSize: Int
    let convDim, convKernel, convStride: [Int]
    let numFeatExtractLayers, numConvPosEmbeddings, numConvPosEmbeddingGroups: Int
    let convBias, doStableLayerNorm: Bool
    let featExtractNorm: String
    let layerNormEps: Double
    let timbreUntrainedSeed: UInt64

    init(_ configuration: EncoderConfiguration, seed: UInt64) {
        hiddenSize = configuration.hiddenSize
        numHiddenLayers = configuration.layers
        numAttentionHeads = configuration.heads
        intermediateSize = configuration.intermediateSize
        convDim = configuration.convolutionChannels
        convKernel = configuration.convolutionTaps
        convStride = configuration.convolutionStrides
        numFeatExtractLayers = configuration.convolutionChannels.count
        numConvPosEmbeddings = configuration.positionalTaps
        numConvPosEmbeddingGroups = configuration.positionalGroups
        convBias = configuration.convolutionBias
        doStableLayerNorm = configuration.normalizesFirst
        featExtractNorm = configuration.featureNormalization.rawValue
        layerNormEps = configuration.layerNormEpsilon
        timbreUntrainedSeed = seed
    }
}

/// The keys of its `preprocessor_config.json`.
private struct UntrainedPreprocessing: Encodable {
    let featureExtractorType = "Wav2Vec2FeatureExtractor"
    let featureSize = 1
    let paddingSide = "right"
    let paddingValue = 0
    let returnAttentionMask = false
    let doNormalize = Preprocessing.base.normalizes
    let samplingRate = Preprocessing.base.sampleRate
}
