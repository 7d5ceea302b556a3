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

/// The mean of a clip's windows, each weighted by its frames, summed in double precision.
///
/// A clip of one window has that window's states, bit for bit.
public struct WindowMean: Sendable {
    private var first: PooledStates?
    private var sums: [Double] = []
    private var frames = 0

    /// A mean of nothing yet.
    public init() {}

    /// Adds the states of the next window; of another shape than those before they trap.
    public mutating func add(_ states: PooledStates) {
        let weight = Double(states.frames)
        let products = states.values.map { weight * Double($0) }
        precondition(first == nil || sums.count == products.count, "WindowMean: \(products.count) of \(sums.count)")
        sums = first == nil ? products : zip(sums, products).map { $0 + $1 }
        first = first ?? states
        frames += states.frames
    }

    /// The clip's states, over the frames of all its windows; nil when there was none.
    public var pooled: PooledStates? {
        guard let first, frames > first.frames else { return first }
        return PooledStates(
            frames: frames, layers: first.layers, hidden: first.hidden, values: sums.map { Float($0 / Double(frames)) })
    }
}
