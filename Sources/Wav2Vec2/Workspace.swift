import Kernels

/// The buffers that one worker computes in, made by ``Encoder/makeWorkspace()``.
///
/// They grow to the longest clip the worker meets and are reused for every other, so that embedding a clip allocates
/// nothing after that. Nothing a clip leaves behind is read by the next: results do not depend on what came before. A
/// workspace belongs to one worker at a time.
public final class Workspace {
    /// What a buffer is for.
    enum Role: CaseIterable {
        /// The feature encoder writes its layers alternately into these two.
        case evenFeatures, oddFeatures
        /// The hidden state, T×H.
        case hidden
        /// The hidden state after a layer norm, T×H.
        case normalized
        /// Queries, keys and values side by side, T×3H.
        case projections
        /// Attention scores of a block of queries against all keys.
        case scores
        /// The attention's output before its projection, T×H.
        case context
        /// The feed-forward block's inner layer, T×F.
        case intermediate
        /// One group's channels with silence around them, for the positional convolution.
        case paddedGroup
        /// Windows of that group laid out one after another.
        case unfoldedGroup
        /// The positional convolution's output, T×H.
        case positions
    }

    private var buffers: [Role: FloatBuffer] = [:]

    init() {}

    /// A matrix in the role's buffer, holding what earlier use left there.
    func matrix(_ role: Role, rows: Int, columns: Int) -> Matrix {
        let count = rows * columns
        if let buffer = buffers[role], buffer.count >= count { return Matrix(buffer, rows: rows, columns: columns) }
        buffers[role] = nil
        let buffer = FloatBuffer(count: count)
        buffers[role] = buffer
        return Matrix(buffer, rows: rows, columns: columns)
    }
}
