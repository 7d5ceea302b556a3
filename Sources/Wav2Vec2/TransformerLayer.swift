import Kernels

/// One layer of the transformer, T×H in place.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`: `Wav2Vec2EncoderLayer`, which normalises after each
/// block, and `Wav2Vec2EncoderLayerStableLayerNorm`, which normalises before it; `Wav2Vec2FeedForward`.
struct TransformerLayer: Sendable {
    private let normalizesFirst: Bool
    private let attention: Attention
    private let norm: LayerNorm
    /// H → F.
    private let intermediate: Linear
    /// F → H.
    private let output: Linear
    private let finalNorm: LayerNorm

    init(_ source: WeightSource, _ configuration: EncoderConfiguration, layer: Int) throws {
        let name = TensorName.transformerLayer(layer)
        normalizesFirst = configuration.normalizesFirst
        attention = try Attention(source, configuration, name: "\(name).attention")
        norm = try source.layerNorm("\(name).layer_norm", epsilon: configuration.layerNormEpsilon)
        intermediate = try source.linear("\(name).feed_forward.intermediate_dense")
        output = try source.linear("\(name).feed_forward.output_dense")
        finalNorm = try source.layerNorm("\(name).final_layer_norm", epsilon: configuration.layerNormEpsilon)
    }

    /// The hidden state, T×H, becomes the layer's output.
    func apply(to hidden: Matrix, _ workspace: Workspace) {
        if normalizesFirst {
            let normalized = workspace.matrix(.normalized, rows: hidden.rows, columns: hidden.columns)
            workspace.measure(.norms) { norm.apply(to: hidden, into: normalized) }
            attention.apply(to: normalized, addingTo: hidden, workspace)
            workspace.measure(.norms) { finalNorm.apply(to: hidden, into: normalized) }
            feedForward(normalized, addingTo: hidden, workspace)
        } else {
            attention.apply(to: hidden, addingTo: hidden, workspace)
            workspace.measure(.norms) { norm.apply(to: hidden, into: hidden) }
            feedForward(hidden, addingTo: hidden, workspace)
            workspace.measure(.norms) { finalNorm.apply(to: hidden, into: hidden) }
        }
    }

    /// residual ← residual + W₂·GELU(W₁·x + b₁) + b₂; x and residual may be one matrix.
    private func feedForward(_ x: Matrix, addingTo residual: Matrix, _ workspace: Workspace) {
        let inner = workspace.matrix(.intermediate, rows: x.rows, columns: intermediate.weights.columns)
        workspace.measure(.expansion) { intermediate.applyWithGELU(to: x, into: inner, workspace) }
        workspace.measure(.contraction) { output.applyAdding(to: inner, onto: residual, workspace) }
    }
}
