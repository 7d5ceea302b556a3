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
        /// Frames of the first convolution that the second is about to read.
        case signalFrames
        /// Frames of a tile sorted for minimal filtering, its last ones filled up, and the products that outputs share.
        case filterFrames, lastFilterFrames, evenPart, oddPart
        /// The hidden state, T×H.
        case hidden
        /// The hidden state after a layer norm, T×H.
        case normalized
        /// Queries, keys and values side by side, T×3H.
        case projections
        /// One head's keys and values, packed.
        case packedKeys, packedValues
        /// Attention scores of a block of queries against all keys.
        case scores
        /// The attention's output before its projection, T×H.
        case context
        /// The feed-forward block's inner layer, T×F.
        case intermediate
        /// One group's channels with silence around them, for the positional convolution.
        case paddedGroup
        /// The positional convolution's output, T×H.
        case positions
    }

    /// Where the time goes; kept where it is set.
    public var profile: Profile?

    /// Room for the products.
    let scratch = ProductScratch()
    private var buffers: [Role: FloatBuffer] = [:]

    init() {}

    /// What the buffers hold by now, in bytes; room that products take beside their factors is not counted.
    public var bytes: Int { buffers.values.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride } }

    /// A matrix in the role's buffer, holding what earlier use left there.
    func matrix(_ role: Role, rows: Int, columns: Int) -> Matrix {
        Matrix(buffer(role, count: rows * columns), rows: rows, columns: columns)
    }

    /// The role's buffer, of at least `count` numbers.
    func buffer(_ role: Role, count: Int) -> FloatBuffer {
        if let buffer = buffers[role], buffer.count >= count { return buffer }
        buffers[role] = nil
        let buffer = FloatBuffer(count: count)
        buffers[role] = buffer
        return buffer
    }
}
