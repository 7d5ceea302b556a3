import Foundation
import TestSupport
import Testing

@testable import Kernels

@Suite struct HeadDescentTests {
    @Test(arguments: LinearCase.shapes) func threeStepsAreThoseOfTheNaiveTwin(_ shape: [Int]) {
        expectTwin(shape) { wave($0, phase: Double($1)) }
    }

    /// From no example with a gradient for a unit to more than are added in one pass.
    @Test(arguments: 0...18) func examplesWithoutAGradientAddNothing(_ examples: Int) {
        expectTwin([18, 21, 5]) { count, step in
            wave(count, phase: Double(step)).enumerated().map { $0.offset % 18 < examples ? $0.element : 0 }
        }
    }

    @Test func aGradientThatIsNotANumberIsSeen() {
        let layer = LinearCase([3, 5, 2])
        let parameters = TrainedParameters(layer.parameters)
        descend(parameters, inputs: layer.rows, gradient: padded([0, .nan, 0, 0, 0, 0], rows: 2), step: adamWStep(1))
        #expect(parameters.values.rows(0..<1).numbers.allSatisfy { $0.isNaN })
        #expect(parameters.values.rows(1..<2).numbers.allSatisfy { $0.isFinite })
    }

    private func expectTwin(_ shape: [Int], delta slopes: (_ count: Int, _ step: Int) -> [Double]) {
        let layer = LinearCase(shape)
        let parameters = TrainedParameters(layer.parameters)
        var twins = layer.parameters.numbers.map(NaiveAdamW.init)
        for count in 1...3 {
            let delta = padded(slopes(layer.outputs * layer.batch, count), rows: layer.outputs)
            descend(parameters, inputs: layer.rows, gradient: delta, step: adamWStep(count))
            let gradient = NaiveHead.gradient(x: layer.x, delta: transposed(delta).numbers, outputs: layer.outputs)
            for (index, slope) in gradient.enumerated() {
                twins[index].step(
                    gradient: slope, learningRate: 0.01, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3)
            }
        }
        expectClose(parameters.values.numbers, twins.map(\.parameter), relative: 1e-5, absolute: 2e-6)
        #expect(paddingIsZero(parameters.values))
    }

    private func adamWStep(_ count: Int) -> AdamWStep {
        AdamWStep(
            decay: 1 - 0.01 * 0.1, firstBlend: 0.1, secondDecay: 0.99, secondBlend: 0.01,
            stepSize: Float(0.01 / (1 - pow(0.9, Double(count)))),
            rootScale: Float(1 / (1 - pow(0.99, Double(count))).squareRoot()), epsilon: 1e-3)
    }
}
