import Foundation

/// The shape of a wav2vec 2.0 or HuBERT encoder, as its `config.json` gives it.
///
/// The letters used for shapes in this room: S samples, T frames, C channels of the feature encoder, H hidden size,
/// N attention heads, D = H/N head size, F feed-forward size, L transformer layers, K taps of a convolution.
///
/// Each property names its key; defaults are those of transformers 5.23,
/// `models/wav2vec2/configuration_wav2vec2.py`, `Wav2Vec2Config`, and `models/hubert/configuration_hubert.py`.
public struct EncoderConfiguration: Sendable, Equatable {
    /// The architectures that are implemented (`model_type`).
    public enum ModelType: String, CaseIterable, Sendable {
        case wav2vec2
        case hubert
    }

    /// Where the feature encoder normalises (`feat_extract_norm`).
    public enum FeatureNormalization: String, CaseIterable, Sendable {
        /// Each channel over time, after the first convolution only.
        case group
        /// Each frame over channels, after every convolution.
        case layer
    }

    /// `model_type`.
    public var modelType = ModelType.wav2vec2
    /// H, `hidden_size`.
    public var hiddenSize = 768
    /// L, `num_hidden_layers`.
    public var layers = 12
    /// N, `num_attention_heads`; divides H.
    public var heads = 12
    /// F, `intermediate_size`.
    public var intermediateSize = 3072
    /// C of each convolution of the feature encoder, `conv_dim`.
    public var convolutionChannels = [512, 512, 512, 512, 512, 512, 512]
    /// K of each of them, `conv_kernel`.
    public var convolutionTaps = [10, 3, 3, 3, 3, 2, 2]
    /// The stride of each of them, `conv_stride`.
    public var convolutionStrides = [5, 2, 2, 2, 2, 2, 2]
    /// Whether they add a bias, `conv_bias`.
    public var convolutionBias = false
    /// `feat_extract_norm`.
    public var featureNormalization = FeatureNormalization.group
    /// Whether the features are normalised before their projection: always in wav2vec 2.0, `feat_proj_layer_norm` in
    /// HuBERT.
    public var normalizesFeatures = true
    /// K of the positional convolution, `num_conv_pos_embeddings`.
    public var positionalTaps = 128
    /// Groups of the positional convolution, `num_conv_pos_embedding_groups`; divides H.
    public var positionalGroups = 16
    /// Whether a transformer layer normalises before its blocks and not after them, `do_stable_layer_norm`.
    public var normalizesFirst = false
    /// `layer_norm_eps`.
    public var layerNormEpsilon = 1e-5

    /// The configuration of wav2vec2-base (Baevski et al., 2020, section 4.2).
    public static let base = EncoderConfiguration()

    /// wav2vec2-base in shape, and so small that everything around it can be measured and tested.
    public static let tiny = {
        var configuration = base
        configuration.hiddenSize = 24
        configuration.layers = 2
        configuration.heads = 4
        configuration.intermediateSize = 48
        configuration.convolutionChannels = [Int](repeating: 16, count: 7)
        configuration.positionalTaps = 16
        configuration.positionalGroups = 4
        return configuration
    }()

    /// D: the size of one attention head.
    public var headSize: Int { hiddenSize / heads }

    /// S of the shortest clip that gives one frame.
    public var minimumSamples: Int {
        zip(convolutionTaps, convolutionStrides).reversed().reduce(1) { frames, layer in
            (frames - 1) * layer.1 + layer.0
        }
    }
}

extension EncoderConfiguration {
    /// Frames a second that an encoder may make: published ones make 50, and attention takes their square.
    private static let fastestPace = 1_000.0
    /// Numbers a second that a convolution may give: the first of wav2vec2-base gives 1.6 million.
    private static let widestPace = 16_000_000.0
    /// Multiplications that a convolution may make for a second of sound.
    ///
    /// The dearest of wav2vec2-base, -large and HuBERT at 16 kHz is the second, with 1600 · 512 · 512 · 3 = 1.3 billion. The
    /// bound is 16 times that, so that nothing of their shape is refused for it: at 156 kHz, the most that ``widestPace``
    /// allows them, it makes 12.3 billion.
    private static let mostProducts = 20_000_000_000.0
    /// Multiplications that the first convolution's group norm may make for a clip of a second: the moments of K numbers a
    /// frame, then K² for each channel.
    ///
    /// Those of wav2vec2-base and HuBERT at 16 kHz are (3200 + 512) · 10² = 371,200, at 156 kHz 3.2 million.
    private static let mostMoments = 200_000_000.0

    /// Refuses convolutions that would fill memory or take hours with a minute of sound although their weights are few.
    ///
    /// - Parameter rate: of the samples, in Hz.
    /// - Throws: `EncoderError.wrongValue`.
    func checkPace(at rate: Int, file: URL) throws {
        func wrong(_ key: String, _ found: String, _ expected: String) -> EncoderError {
            .wrongValue(file: file.relativePath, key: key, found: found, expected: expected)
        }
        var pace = Double(rate)
        for (layer, channels) in convolutionChannels.enumerated() {
            pace /= Double(convolutionStrides[layer])
            let numbers = pace * Double(channels)
            guard numbers <= Self.widestPace else {
                throw wrong(
                    "conv_dim", "\(channels) channels at \(Int(pace)) frames a second",
                    "channels that give at most \(Int(Self.widestPace)) numbers a second")
            }
            let (made, most) = work(ofConvolution: layer, pace: pace)
            guard made <= most else {
                throw wrong(
                    "conv_kernel",
                    "\(convolutionTaps[layer]) taps in convolution \(layer), for which \(Int(made)) multiplications "
                        + "a second are made",
                    "taps for which at most \(Int(most)) are made")
            }
        }
        guard pace <= Self.fastestPace else {
            throw wrong(
                "conv_stride", "\(Int(pace)) frames a second of samples at \(rate) Hz",
                "strides that leave at most \(Int(Self.fastestPace))")
        }
    }

    /// The multiplications that a convolution makes for a second of sound when it gives `pace` frames a second, and how many
    /// they may be; of the first one, its group norm's where those are too many.
    private func work(ofConvolution layer: Int, pace: Double) -> (made: Double, most: Double) {
        let (channels, taps) = (Double(convolutionChannels[layer]), Double(convolutionTaps[layer]))
        let moments = layer == 0 && featureNormalization == .group ? (pace + channels) * taps * taps : 0
        if moments > Self.mostMoments { return (moments, Self.mostMoments) }
        let inputs = layer == 0 ? 1 : Double(convolutionChannels[layer - 1])
        return (pace * inputs * channels * taps, Self.mostProducts)
    }

    /// Reads and checks a `config.json`.
    ///
    /// Throws an ``EncoderError``: `absent`, `unreadable` or `malformed` for the file, `wrongValue` for a value that
    /// cannot be, `unsupported` for one that asks for what Timbre does not compute.
    public init(contentsOf file: URL) throws {
        let settings = try SettingsFile(contentsOf: file)
        modelType = try settings.choice("model_type", default: nil)
        try Self.refuseWhatIsNotImplemented(settings)
        try readTransformer(settings)
        try readFeatureEncoder(settings)
        try check(settings)
    }

    private static func refuseWhatIsNotImplemented(_ settings: SettingsFile) throws {
        try settings.refuse("hidden_act", unless: .string("gelu"))
        try settings.refuse("feat_extract_activation", unless: .string("gelu"))
        try settings.refuse("add_adapter", unless: .boolean(false))
        try settings.refuse("adapter_attn_dim", unless: .null)
        try settings.refuse("conv_pos_batch_norm", unless: .boolean(false))
        try settings.refuse("position_embeddings_type", unless: .null)
        try settings.refuse("quantization_config", unless: .null)
    }

    private mutating func readTransformer(_ settings: SettingsFile) throws {
        hiddenSize = try settings.integer("hidden_size", default: hiddenSize, in: 1...65536)
        layers = try settings.integer("num_hidden_layers", default: layers, in: 1...1024)
        heads = try settings.integer("num_attention_heads", default: heads, in: 1...65536)
        intermediateSize = try settings.integer("intermediate_size", default: intermediateSize, in: 1...262144)
        positionalTaps = try settings.integer("num_conv_pos_embeddings", default: positionalTaps, in: 1...4096)
        positionalGroups = try settings.integer(
            "num_conv_pos_embedding_groups", default: positionalGroups, in: 1...65536)
        normalizesFirst = try settings.boolean("do_stable_layer_norm", default: normalizesFirst)
        layerNormEpsilon = try settings.fraction("layer_norm_eps", default: layerNormEpsilon)
    }

    private mutating func readFeatureEncoder(_ settings: SettingsFile) throws {
        convolutionChannels = try settings.integers("conv_dim", default: convolutionChannels, in: 1...65536)
        convolutionTaps = try settings.integers("conv_kernel", default: convolutionTaps, in: 1...1024)
        convolutionStrides = try settings.integers("conv_stride", default: convolutionStrides, in: 1...1024)
        convolutionBias = try settings.boolean("conv_bias", default: convolutionBias)
        featureNormalization = try settings.choice("feat_extract_norm", default: featureNormalization)
        if modelType == .hubert {
            normalizesFeatures = try settings.boolean("feat_proj_layer_norm", default: true)
        }
    }

    /// The numbers that must agree with each other.
    private func check(_ settings: SettingsFile) throws {
        let count = convolutionChannels.count
        if !(1...32).contains(count) { throw settings.wrong("conv_dim", "1 to 32 convolutions") }
        if convolutionTaps.count != count {
            throw settings.wrong("conv_kernel", "\(count) numbers, as many as conv_dim has")
        }
        if convolutionStrides.count != count {
            throw settings.wrong("conv_stride", "\(count) numbers, as many as conv_dim has")
        }
        if hiddenSize % heads != 0 {
            throw settings.wrong("num_attention_heads", "a divisor of hidden_size, which is \(hiddenSize)")
        }
        if hiddenSize % positionalGroups != 0 {
            throw settings.wrong("num_conv_pos_embedding_groups", "a divisor of hidden_size, which is \(hiddenSize)")
        }
        let samplesPerFrame = convolutionStrides.reduce(1.0) { $0 * Double($1) }
        if samplesPerFrame > 1_000_000 {
            throw settings.wrong("conv_stride", "a product of at most 1000000 samples a frame")
        }
    }
}
