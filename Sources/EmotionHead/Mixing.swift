import Foundation
import Kernels

extension Head {
    /// The weighted sum of an example's states that the first layer of a head sees, in place of one of them.
    ///
    /// Source: Peters et al., "Deep contextualized word representations" (NAACL 2018), equation 1, without its factor γ,
    /// which the first linear layer has in it; for emotion in speech Pepino et al. (Interspeech 2021).
    public struct Mixing: Sendable, Equatable {
        /// How much each state counts: the softmax of what was learned.
        public var weights: [Float]
        /// What the features of each state are multiplied by, states × inputs, row-major.
        ///
        /// The weight of the state, but for a head that standardisation was folded into.
        public var coefficients: [Float]

        /// Gathers the numbers.
        public init(weights: [Float], coefficients: [Float]) {
            self.weights = weights
            self.coefficients = coefficients
        }

        /// States that count alike, whatever the feature.
        init(evenly states: Int, inputs: Int) {
            let weights = softmax([Float](repeating: 0, count: states))
            self.init(weights: weights, coefficients: weights.flatMap { Array(repeating: $0, count: inputs) })
        }
    }
}

/// The weights of states while they are learned: w = softmax(s).
struct TrainedMixing {
    /// 1 × states: s.
    let parameters: TrainedParameters
    /// States × inputs, each row full of its state's weight: what the network mixes with.
    private let coefficients: Matrix

    /// Starts where the weights are those that `coefficients` hold: at s = 0 where they are alike.
    init(_ coefficients: Matrix) {
        self.coefficients = coefficients
        let weights = (0..<coefficients.rows).map { coefficients[$0, 0] }
        let scores = Matrix.padded(rows: 1, columns: weights.count)
        for (state, weight) in weights.enumerated() { scores[0, state] = log(weight / (weights.max() ?? 1)) }
        parameters = TrainedParameters(scores)
    }

    /// How many.
    var states: Int { coefficients.rows }

    /// One step, given the gradient with respect to the weights: that of s_l is w_l · (g_l − Σ_j w_j g_j).
    func descend(_ gradient: [Double], step: AdamWStep) {
        let weights = softmax(scores).map(Double.init)
        let mean = zip(weights, gradient).reduce(0) { $0 + $1.0 * $1.1 }
        let slopes = Matrix.padded(rows: 1, columns: gradient.count)
        for state in gradient.indices { slopes[0, state] = Float(weights[state] * (gradient[state] - mean)) }
        let one = Matrix.padded(rows: 1, columns: 1)
        one[0, 0] = 1
        Kernels.descend(parameters, inputs: slopes, gradient: one, step: step)
        for (state, weight) in softmax(scores).enumerated() { fill(coefficients.rows(state..<state + 1), with: weight) }
    }

    private var scores: [Float] { (0..<coefficients.rows).map { parameters.values[0, $0] } }
}

/// Softmax, summed in double precision.
private func softmax(_ scores: [Float]) -> [Float] {
    let largest = Double(scores.max() ?? 0)
    let powers = scores.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
}
