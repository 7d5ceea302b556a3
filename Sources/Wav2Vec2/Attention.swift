import Kernels

/// Multi-headed self-attention over all frames of a clip: T×H → T×H.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2Attention` with `eager_attention_forward`. One
/// matrix product makes queries, keys and values; the factor 1/√D is part of the query weights.
struct Attention: Sendable {
    /// Queries whose scores are computed at once: few enough that the scores of a clip of some seconds stay in the
    /// second-level cache.
    private static let queriesPerBlock = 96

    private let heads: Int
    private let headSize: Int
    private let precision: Precision
    /// H → 3H: queries, keys, values.
    private let projections: Linear
    /// H → H.
    private let output: Linear

    init(_ source: WeightSource, _ configuration: EncoderConfiguration, name: String) throws {
        heads = configuration.heads
        headSize = configuration.headSize
        precision = source.precision
        projections = try Self.fused(source, name: name, size: configuration.hiddenSize, headSize: headSize)
        output = try source.linear("\(name).out_proj")
    }

    /// residual ← residual + attention(x); both T×H, and may be one matrix.
    func apply(to x: Matrix, addingTo residual: Matrix, _ workspace: Workspace) {
        let all = workspace.matrix(.projections, rows: x.rows, columns: 3 * x.columns)
        let context = workspace.matrix(.context, rows: x.rows, columns: x.columns)
        workspace.measure(.queriesKeysValues) { projections.apply(to: x, into: all, workspace) }
        workspace.measure(.attention) { attend(all, into: context, workspace) }
        workspace.measure(.attentionOutput) { output.applyAdding(to: context, onto: residual, workspace) }
    }

    /// The heads one after another: T×3H into T×H.
    private func attend(_ all: Matrix, into context: Matrix, _ workspace: Workspace) {
        let width = context.columns
        for head in 0..<heads {
            let channels = head * headSize..<(head + 1) * headSize
            attend(
                queries: all.columns(0..<width).columns(channels),
                keys: all.columns(width..<2 * width).columns(channels),
                values: all.columns(2 * width..<3 * width).columns(channels),
                into: context.columns(channels), workspace)
        }
    }

    /// softmax(Q·Kᵀ)·V of one head; each T×D.
    private func attend(queries: Matrix, keys: Matrix, values: Matrix, into context: Matrix, _ workspace: Workspace) {
        let frames = queries.rows
        let packedKeys = PackedMatrix(
            transposed: keys, precision: precision,
            in: workspace.buffer(
                .packedKeys, count: PackedMatrix.words(depth: headSize, columns: frames, precision: precision)))
        let packedValues = PackedMatrix(
            values, precision: precision,
            in: workspace.buffer(
                .packedValues, count: PackedMatrix.words(depth: frames, columns: headSize, precision: precision)))
        for first in stride(from: 0, to: frames, by: Self.queriesPerBlock) {
            let block = first..<min(first + Self.queriesPerBlock, frames)
            let scores = workspace.matrix(.scores, rows: block.count, columns: frames)
            multiply(queries.rows(block), packedKeys, into: scores, workspace.scratch)
            applySoftmax(toRowsOf: scores)
            multiply(scores, packedValues, into: context.rows(block), workspace.scratch)
        }
    }

    private static func fused(_ source: WeightSource, name: String, size: Int, headSize: Int) throws -> Linear {
        let scale = 1 / Float(headSize).squareRoot()
        let weights =
            try source.values("\(name).q_proj.weight").map { $0 * scale }
            + source.values("\(name).k_proj.weight") + source.values("\(name).v_proj.weight")
        let bias =
            try source.values("\(name).q_proj.bias").map { $0 * scale }
            + source.values("\(name).k_proj.bias") + source.values("\(name).v_proj.bias")
        return Linear(
            weights: PackedMatrix(
                linear: weights, outputs: 3 * size, inputs: size, precision: source.precision), bias: FloatBuffer(bias))
    }
}
