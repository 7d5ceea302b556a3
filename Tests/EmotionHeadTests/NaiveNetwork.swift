import Foundation
import Randomness
import TestSupport

@testable import EmotionHead

/// A head in double precision and plain loops, whose gradient comes from finite differences.
struct NaiveNetwork {
    private var weights: [[Double]]
    private var biases: [[Double]]
    /// Of the weights of the states, before softmax; empty where nothing is mixed.
    private var scores: [Double]
    private let architecture: HeadArchitecture
    private let dropoutSeed: UInt64

    /// The twin of `head`, dropping the hidden units that a trainer with this seed drops in its first batch.
    init(_ head: Head, dropoutSeed: UInt64) {
        architecture = head.architecture
        self.dropoutSeed = dropoutSeed
        weights = head.layers.map { $0.weight.map(Double.init) }
        biases = head.layers.map { $0.bias.map(Double.init) }
        scores = head.mixing.map { $0.weights.map { log(Double($0)) } } ?? []
    }

    /// The mean cross-entropy, dropout on.
    func loss(of examples: Examples, classWeights: [Double]? = nil, smoothing: Double = 0) -> Double {
        let loss = NaiveLoss(
            labels: examples.labels, weights: classWeights ?? Array(repeating: 1, count: architecture.classes),
            smoothing: smoothing)
        return loss.sum(logits(of: examples.features.map(Double.init))) / loss.weightSum
    }

    /// The gradient of the mean cross-entropy with respect to one layer's weights (outputs × inputs) and biases.
    func gradient(ofLayer position: Int, examples: Examples) -> (weight: [Double], bias: [Double]) {
        let weight = weights[position].indices.map { slope(of: \.weights[position][$0]) { $0.loss(of: examples) } }
        let bias = biases[position].indices.map { slope(of: \.biases[position][$0]) { $0.loss(of: examples) } }
        return (weight, bias)
    }

    /// The gradient of a loss with respect to what the weights of the states are the softmax of.
    func scoreGradient(of loss: (Self) -> Double) -> [Double] {
        scores.indices.map { slope(of: \.scores[$0], loss) }
    }

    private func slope(of parameter: WritableKeyPath<Self, Double>, _ loss: (Self) -> Double) -> Double {
        let step = 1e-5
        var (below, above) = (self, self)
        below[keyPath: parameter] -= step
        above[keyPath: parameter] += step
        return (loss(above) - loss(below)) / (2 * step)
    }

    private func logits(of features: [Double]) -> [Double] {
        var generator = SeededGenerator(seed: dropoutSeed, purpose: "head dropout")
        var values = mixed(features)
        for position in weights.indices {
            values = NaiveHead.linear(values, weight: weights[position], bias: biases[position])
            if position < weights.count - 1 { values = rectified(values, units: biases[position].count, &generator) }
        }
        return values
    }

    private func mixed(_ features: [Double]) -> [Double] {
        guard !scores.isEmpty else { return features }
        let coefficients = NaiveHead.softmax(scores, classes: scores.count).flatMap {
            Array(repeating: $0, count: architecture.inputs)
        }
        return NaiveHead.mix(features, coefficients: coefficients, width: architecture.inputs)
    }

    /// ReLU and dropout, which counts all examples of one unit before those of the next.
    private func rectified(_ values: [Double], units: Int, _ generator: inout SeededGenerator) -> [Double] {
        let threshold = UInt16(architecture.dropout * 65536)
        guard threshold > 0 else { return values.map { max($0, 0) } }
        let draws = (0..<(values.count + 3) / 4).map { _ in generator.next() }
        let byUnit = NaiveHead.kept(values.count, draws: draws, threshold: threshold)
        let examples = values.count / units
        let kept = values.indices.map { byUnit[$0 % units * examples + $0 / units] }
        return NaiveHead.rectify(values, kept: kept, scale: 65536 / (65536 - Double(threshold)))
    }
}
