/// A part of the encoder whose time is told apart.
public enum EncoderPart: Hashable, Sendable {
    /// The convolution of this index, 0 the one that takes samples, with its norm and GELU.
    case convolution(Int)
    /// From the convolutions' channels to the transformer's.
    case featureProjection
    case positionalConvolution
    /// Queries, keys and values of all layers.
    case queriesKeysValues
    /// Scores, softmax and the sum of values, of all layers.
    case attention
    case attentionOutput
    /// The first map of the feed-forward blocks with its GELU, and the second.
    case expansion, contraction
    case norms
    case pooling

    /// What it is called in a profile.
    public var name: String {
        switch self {
        case .convolution(let index): "convolution \(index)"
        case .featureProjection: "feature projection"
        case .positionalConvolution: "positional convolution"
        case .queriesKeysValues: "queries, keys, values"
        case .attention: "attention"
        case .attentionOutput: "attention output"
        case .expansion: "feed-forward, first"
        case .contraction: "feed-forward, second"
        case .norms: "norms of the transformer"
        case .pooling: "pooling"
        }
    }
}

/// How long one worker was in each part.
public struct Profile: Sendable {
    /// In the order in which parts were first met, with seconds.
    public private(set) var parts: [(part: EncoderPart, seconds: Double)] = []

    /// A profile of nothing yet.
    public init() {}

    /// Adds to a part.
    public mutating func add(_ seconds: Double, to part: EncoderPart) {
        if let index = parts.firstIndex(where: { $0.part == part }) {
            parts[index].seconds += seconds
        } else {
            parts.append((part, seconds))
        }
    }

    /// Adds another worker's, or another clip's.
    public mutating func add(_ other: Profile) {
        for (part, seconds) in other.parts { add(seconds, to: part) }
    }
}

extension Workspace {
    /// Runs a part, and notes its time where a profile is kept.
    func measure<Value>(_ part: EncoderPart, _ body: () throws -> Value) rethrows -> Value {
        guard profile != nil else { return try body() }
        let start = ContinuousClock.now
        defer {
            let (seconds, attoseconds) = start.duration(to: .now).components
            profile?.add(Double(seconds) + Double(attoseconds) * 1e-18, to: part)
        }
        return try body()
    }
}
