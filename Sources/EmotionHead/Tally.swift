import Kernels

/// The sums behind the means of a batch or an epoch.
struct Tally {
    private(set) var lossSum = 0.0
    private var weightSum = 0.0
    private var correct = 0
    private var examples = 0

    /// The mean cross-entropy: the examples' losses by the sum of their weights.
    var loss: Double { lossSum / weightSum }
    /// The share of examples told right, each counting as one.
    var accuracy: Double { Double(correct) / Double(examples) }

    /// No examples.
    init() {}

    /// What a batch gave; its logits (classes × B) become the gradient of its mean loss.
    init(of logits: Matrix, labels: [Int], weights: LossWeights) {
        let labels = labels.map(Int32.init)
        weightSum = weights.sum(of: labels)
        let result = crossEntropy(logits, labels: labels, weights: weights, gradientScale: Float(1 / weightSum))
        (lossSum, correct, examples) = (result.lossSum, result.correct, labels.count)
    }

    mutating func add(_ other: Tally) {
        lossSum += other.lossSum
        weightSum += other.weightSum
        correct += other.correct
        examples += other.examples
    }
}
