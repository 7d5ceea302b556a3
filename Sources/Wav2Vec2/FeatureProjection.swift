import Kernels

/// From the feature encoder's channels to the transformer's: T×C → T×H.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2FeatureProjection`; HuBERT's may lack the norm.
struct FeatureProjection: Sendable {
    private let norm: LayerNorm?
    private let projection: Linear

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        norm =
            configuration.normalizesFeatures
            ? try source.layerNorm("feature_projection.layer_norm", epsilon: configuration.layerNormEpsilon) : nil
        projection = try source.linear("feature_projection.projection")
    }

    /// T×C frames, which are overwritten, into the T×H hidden state.
    func hiddenState(of frames: Matrix, _ workspace: Workspace) -> Matrix {
        let hidden = workspace.matrix(.hidden, rows: frames.rows, columns: projection.weights.columns)
        norm?.apply(to: frames, into: frames)
        projection.apply(to: frames, into: hidden, workspace)
        return hidden
    }
}
