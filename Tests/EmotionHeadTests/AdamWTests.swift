import Kernels
import TestSupport
import Testing

@testable import EmotionHead

@Suite struct AdamWTests {
    @Test func stepsAsThePublishedAlgorithm() {
        let optimizer = AdamW(learningRate: 0.05, weightDecay: 0.2, beta1: 0.8, beta2: 0.95, epsilon: 1e-4)
        let values = Matrix.padded(rows: 1, columns: 2)
        (values[0, 0], values[0, 1]) = (0.5, -0.25)
        let layer = TrainedParameters(values)
        var twins = [NaiveAdamW(0.5), NaiveAdamW(-0.25)]
        let x = Matrix.padded(rows: 1, columns: 2)
        let delta = Matrix.padded(rows: 1, columns: 1)
        for (count, gradient) in [(1, 0.3), (2, -0.1), (3, 0.02), (4, 0)] {
            (x[0, 0], x[0, 1], delta[0, 0]) = (2, 1, Float(gradient))
            let learningRate = 0.05 / Double(count)
            descend(layer, inputs: x, gradient: delta, step: optimizer.step(count, learningRate: learningRate))
            for (index, slope) in [2 * gradient, gradient].enumerated() {
                twins[index].step(
                    gradient: slope, learningRate: learningRate, weightDecay: 0.2, beta1: 0.8, beta2: 0.95,
                    epsilon: 1e-4)
                #expect(isClose(Double(values[0, index]), twins[index].parameter, 1e-6))
            }
        }
    }
}
