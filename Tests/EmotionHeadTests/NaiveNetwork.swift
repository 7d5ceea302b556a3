import Randomness
import TestSupport

@testable import EmotionHead

/// A head in double precision and plain loops, whose gradient comes from finite differences.
struct NaiveNetwork {
    private var weights: [[Double]]
    private var biases: [[Double]]
    private let architecture: HeadArchitecture
    private let dropoutSeed: UInt64

    /// The twin of `head`, dropping the hidden units that a trainer with this seed drops in its first batch.
    init(_ head: Head, dropoutSeed: UInt64) {
        architecture = head.architecture
        self.dropoutSeed = dropoutSeed
        weights = head.layers.map { $0.weight.map(Double.init) }
        biases = head.layers.map { $0.bias.map(Double.init) }
    }

    /// The mean cross-entropy, dropout on.
    func loss(of examples: Examples) -> Double {
        let logits = logits(of: examples.features.map(Double.init))
        return NaiveHead.crossEntropy(logits, labels: examples.labels, classes: architecture.classes)
            / Double(examples.count)
    }

    /// The gradient of the mean cross-entropy with respect to one layer's weights (outputs × inputs) and biases.
    func gradient(ofLayer position: Int, examples: Examples) -> (weight: [Double], bias: [Double]) {
        let weight = weights[position].indices.map { slope(of: \.weights[position][$0], examples) }
        return (weight, biases[position].indices.map { slope(of: \.biases[position][$0], examples) })
    }

    private func slope(of parameter: WritableKeyPath<Self, Double>, _ examples: Examples) -> Double {
        let step = 1e-5
        var (below, above) = (self, self)
        below[keyPath: parameter] -= step
        above[keyPath: parameter] += step
        return (above.loss(of: examples) - below.loss(of: examples)) / (2 * step)
    }

    private func logits(of features: [Double]) -> [Double] {
        var generator = SeededGenerator(seed: dropoutSeed, purpose: "head dropout")
        let threshold = UInt16(architecture.dropout * 65536)
        var values = features
        for position in weights.indices {
            values = NaiveHead.linear(values, weight: weights[position], bias: biases[position])
            guard position < weights.count - 1 else { break }
            let count = values.count
            let draws = threshold == 0 ? [] : (0..<(count + 3) / 4).map { _ in generator.next() }
            let kept =
                threshold == 0
                ? Array(repeating: true, count: count)
                : NaiveHead.kept(count, draws: draws, threshold: threshold)
            values = NaiveHead.rectify(values, kept: kept, scale: 65536 / (65536 - Double(threshold)))
        }
        return values
    }
}
