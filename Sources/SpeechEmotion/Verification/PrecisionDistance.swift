import FeatureStore

/// A clip embedded twice: at the precision of a stage, and at another.
struct EmbeddedTwice: Sendable {
    /// Which of the corpus's clips.
    let clip: Int
    /// Its path within the corpus.
    let path: String
    /// Layers × hidden each.
    let own, other: Embedding
}

/// How far the embeddings of two precisions are apart at most, over all hidden states of some clips.
struct PrecisionDistance: Equatable {
    /// A figure, and where it was found.
    struct Finding: Equatable {
        let value: Double
        /// The clip's path.
        let clip: String
        let layer: Int

        var place: String { "\(clip), layer \(layer)" }
    }

    /// The largest absolute difference of a value.
    let largest: Finding
    /// The smallest cosine of a state with its twin.
    let smallestCosine: Finding

    /// Looks through all states of at least one clip.
    init(of clips: [EmbeddedTwice]) {
        let findings = clips.flatMap(Self.findings)
        guard let largest = findings.map(\.difference).max(by: { $0.value < $1.value }),
            let smallest = findings.map(\.cosine).min(by: { $0.value < $1.value })
        else { preconditionFailure("a distance needs at least one clip, found none") }
        (self.largest, smallestCosine) = (largest, smallest)
    }

    private static func findings(in clip: EmbeddedTwice) -> [(difference: Finding, cosine: Finding)] {
        (0..<clip.own.layers).map { layer in
            let (one, two) = (clip.own.states(ofLayers: [layer]), clip.other.states(ofLayers: [layer]))
            let difference = zip(one, two).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
            return (
                Finding(value: difference, clip: clip.path, layer: layer),
                Finding(value: cosine(of: one, two), clip: clip.path, layer: layer)
            )
        }
    }
}

/// The cosine of the angle between two vectors of one width: 1 between two that are all zero, 0 where only one is.
func cosine(of one: [Float], _ two: [Float]) -> Double {
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (a, b) in zip(one, two) {
        product += Double(a) * Double(b)
        first += Double(a) * Double(a)
        second += Double(b) * Double(b)
    }
    guard first > 0 && second > 0 else { return first == second ? 1 : 0 }
    // Rounding may carry a vector's cosine with itself beyond 1.
    return min(1, product / (first * second).squareRoot())
}
