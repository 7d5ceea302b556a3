import Checkpoints
import Foundation
import Kernels

/// A wav2vec 2.0 or HuBERT encoder, ready to embed clips.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2Model`, and
/// `models/hubert/modeling_hubert.py`. Sharing one among workers is safe; each brings its own ``Workspace``. A clip's
/// result depends on its samples, the weights and ``instructionSet`` only.
public final class Encoder: Sendable {
    /// Raised whenever a change of the code changes results.
    public static let resultVersion = 2

    /// What `config.json` said.
    public let configuration: EncoderConfiguration
    /// What `preprocessor_config.json` said.
    public let preprocessing: Preprocessing
    /// What its weights, and what they are multiplied by, are rounded to.
    public let precision: Precision

    private let featureEncoder: FeatureEncoder
    private let featureProjection: FeatureProjection
    private let positionalConvolution: PositionalConvolution
    private let norm: LayerNorm
    private let layers: [TransformerLayer]

    /// Loads a checkpoint directory laid out as on the Hugging Face hub: config.json, preprocessor_config.json, and
    /// model.safetensors or pytorch_model.bin.
    ///
    /// In bfloat16 all matrix products but the first convolution's take rounded factors; what is between them stays float32.
    ///
    /// Throws an ``EncoderError`` or a `CheckpointError`. Tensors are checked before any is read.
    public init(directory: URL, precision: Precision = .float32) throws {
        guard precision.isAvailable else { throw EncoderError.precisionUnavailable(precision, InstructionSet.current) }
        let settings = directory.appendingPathComponent("config.json")
        let configuration = try EncoderConfiguration(contentsOf: settings)
        preprocessing = try Preprocessing(contentsOf: directory.appendingPathComponent("preprocessor_config.json"))
        try configuration.checkPace(at: preprocessing.sampleRate, file: settings)
        let checkpoint = try Checkpoint(contentsOf: Checkpoint.weightsFile(in: directory))
        let source = try WeightSource(checkpoint, configuration, precision: precision)
        self.precision = precision
        self.configuration = configuration
        norm = try source.layerNorm("encoder.layer_norm", epsilon: configuration.layerNormEpsilon)
        featureEncoder = try FeatureEncoder(source, configuration)
        featureProjection = try FeatureProjection(source, configuration)
        positionalConvolution = try PositionalConvolution(source, configuration)
        layers = try concurrentMap(configuration.layers) { try TransformerLayer(source, configuration, layer: $0) }
    }

    /// The path of the arithmetic, recorded with every embedding, as "avx2" (see `Kernels.instructionSet(at:)`).
    public var instructionSet: String { Kernels.instructionSet(at: precision) }

    /// The shortest clip, in samples at the rate of ``preprocessing``, that gives a frame.
    public var minimumSamples: Int { configuration.minimumSamples }

    /// Buffers for one worker.
    public func makeWorkspace() -> Workspace { Workspace() }

    /// The mean over frames of the transformer's input and of each layer's output.
    ///
    /// These are transformers' `hidden_states`: 0 is what the first layer takes, after the positional convolution
    /// and, except where layers normalise first, the encoder's layer norm. Where they do, `encoder.layer_norm` is
    /// applied in transformers to `last_hidden_state` alone, and so to none of these.
    ///
    /// - Parameters:
    ///   - samples: one clip, already through ``Preprocessing/prepared(_:)``.
    ///   - workspace: the calling worker's own.
    /// - Throws: `EncoderError.tooShort` for less than ``minimumSamples``, `EncoderError.nonFiniteState` where a state is
    ///   not finite.
    public func pooledHiddenStates(of samples: [Float], using workspace: Workspace) throws -> PooledStates {
        guard samples.count >= minimumSamples else {
            throw EncoderError.tooShort(samples: samples.count, minimum: minimumSamples)
        }
        let hidden = transformerInput(of: samples, workspace)
        var pooling = Pooling()
        try workspace.measure(.pooling) { try pooling.add(hidden) }
        for layer in layers {
            layer.apply(to: hidden, workspace)
            try workspace.measure(.pooling) { try pooling.add(hidden) }
        }
        return pooling.pooled(frames: hidden.rows, hidden: hidden.columns)
    }

    /// S samples into the T×H hidden state that the first layer takes.
    private func transformerInput(of samples: [Float], _ workspace: Workspace) -> Matrix {
        let frames = featureEncoder.frames(of: samples, workspace)
        let hidden = workspace.measure(.featureProjection) { featureProjection.hiddenState(of: frames, workspace) }
        workspace.measure(.positionalConvolution) { positionalConvolution.add(to: hidden, workspace) }
        if !configuration.normalizesFirst { workspace.measure(.norms) { norm.apply(to: hidden, into: hidden) } }
        return hidden
    }
}
