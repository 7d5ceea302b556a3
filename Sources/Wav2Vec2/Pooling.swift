import Kernels

/// The mean over frames of every hidden state of one clip.
public struct PooledStates: Sendable, Equatable {
    /// T: frames the means are over.
    public let frames: Int
    /// L + 1: the transformer's input and the output of each layer.
    public let layers: Int
    /// H.
    public let hidden: Int
    /// layers × hidden numbers, the transformer's input first.
    public let values: [Float]
}

/// Gathers the means layer by layer, each summed in double precision.
struct Pooling {
    private var values: [Float] = []
    private var layers = 0

    /// Adds the mean of the next hidden state, T×H; throws where it is infinite or not a number.
    mutating func add(_ hidden: Matrix) throws {
        let means = columnMeans(of: hidden).map { Float($0) }
        guard areFinite(means) else { throw EncoderError.nonFiniteState(layer: layers) }
        values += means
        layers += 1
    }

    /// What was gathered, of hidden states of T×H.
    func pooled(frames: Int, hidden: Int) -> PooledStates {
        PooledStates(frames: frames, layers: layers, hidden: hidden, values: values)
    }
}
