import Foundation
import Kernels
import Testing

@testable import EmotionHead

@Suite struct MixingTests {
    @Test func untrainedStatesCountAlike() {
        let head = Head(untrained: HeadArchitecture(states: 4, inputs: 3, hidden: [], classes: 2, dropout: 0), seed: 1)
        let (weights, coefficients) = ([Float](repeating: 0.25, count: 4), [Float](repeating: 0.25, count: 12))
        #expect(head.mixing == Head.Mixing(weights: weights, coefficients: coefficients))
        let one = HeadArchitecture(inputs: 3, hidden: [], classes: 2, dropout: 0)
        #expect(Head(untrained: one, seed: 1).mixing == nil)
    }

    /// 13 states: a thirteenth is no binary fraction, and still the scores are zero.
    @Test func evenStatesStartFromZero() {
        let mixing = trained(Head.Mixing(evenly: 13, inputs: 2).weights)
        #expect((0..<13).allSatisfy { mixing.parameters.values[0, $0] == 0 })
    }

    @Test func aStepGoesDownAndCoefficientsFollow() {
        let coefficients = Matrix.padded(rows: 2, columns: 3)
        fill(coefficients, with: 0.5)
        let mixing = TrainedMixing(coefficients)
        let optimizer = AdamW(learningRate: 0.1, weightDecay: 0)
        mixing.descend([1, 3], step: optimizer.step(1, learningRate: 0.1))
        // The gradient of the scores is ±0.5, of which Adam's first step takes the sign.
        let first = Float(exp(0.1) / (exp(0.1) + exp(-0.1)))
        #expect((0..<3).allSatisfy { abs(coefficients[0, $0] - first) < 1e-6 })
        #expect((0..<3).allSatisfy { abs(coefficients[1, $0] - (1 - first)) < 1e-6 })
        #expect(abs(mixing.parameters.firstMoment[0, 0] + 0.05) < 1e-7)
    }

    private func trained(_ weights: [Float]) -> TrainedMixing {
        let coefficients = Matrix.padded(rows: weights.count, columns: 2)
        for (state, weight) in weights.enumerated() { fill(coefficients.rows(state..<state + 1), with: weight) }
        return TrainedMixing(coefficients)
    }
}
