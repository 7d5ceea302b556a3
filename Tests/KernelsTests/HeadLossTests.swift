import Foundation
import TestSupport
import Testing

@testable import Kernels

@Suite struct HeadLossTests {
    @Test(arguments: [1, 2, 8, 19], [[0, 0], [0.1, 0], [0, 1], [0.3, 1]])
    func crossEntropyAndItsGradientAreTheirNaiveTwins(_ classes: Int, _ settings: [Double]) {
        let rows = 5
        let logits = wave(rows * classes, phase: 1.1).map { Double(Float(4 * $0)) }
        let labels = (0..<rows).map { ($0 * 7) % classes }
        let weights = (0..<classes).map { settings[1] == 0 ? 1 : Float($0 % 4) / 2 }
        let twin = NaiveLoss(labels: labels, weights: weights.map(Double.init), smoothing: settings[0])
        let loss = LossWeights(classes: weights, smoothing: Float(settings[0]))

        let matrix = transposed(padded(logits, rows: rows))
        let result = crossEntropy(matrix, labels: labels.map(Int32.init), weights: loss, gradientScale: 0.25)
        #expect(abs(result.lossSum - twin.sum(logits)) <= 1e-5)
        #expect(abs(loss.sum(of: labels.map(Int32.init)) - twin.weightSum) <= 1e-6)
        let gradient = twin.gradient(logits).map { $0 / 4 }
        expectClose(transposed(matrix).numbers, gradient, relative: 1e-5, absolute: 2e-7)
    }

    @Test func theNaiveGradientIsThatOfFiniteDifferences() {
        let logits = wave(12, phase: 0.2)
        let twin = NaiveLoss(labels: [0, 2, 3], weights: [1, 0.5, 0, 2], smoothing: 0.2)
        for (index, slope) in twin.gradient(logits).enumerated() {
            var (below, above) = (logits, logits)
            below[index] -= 1e-5
            above[index] += 1e-5
            #expect(abs((twin.sum(above) - twin.sum(below)) / 2e-5 - slope) <= 1e-9)
        }
    }

    @Test func theFirstOfEqualLogitsIsTheAnswer() {
        let logits = transposed(padded([1, 1, 0, 3, 3, 3], rows: 2))
        #expect(crossEntropy(logits, labels: [0, 1], weights: plain(3), gradientScale: 1).correct == 1)
    }

    @Test func hugeLogitsGiveAFiniteLoss() {
        let logits = transposed(padded([3e38, -3e38], rows: 1))
        #expect(crossEntropy(logits, labels: [0], weights: plain(2), gradientScale: 1).lossSum == 0)
    }

    @Test(arguments: [Double.nan, .infinity]) func aLogitThatIsNotFiniteGivesALossThatIsNot(_ logit: Double) {
        for position in 0..<3 {
            var logits = [0.5, -1, 2]
            logits[position] = logit
            let matrix = transposed(padded(logits, rows: 1))
            #expect(!crossEntropy(matrix, labels: [0], weights: plain(3), gradientScale: 1).lossSum.isFinite)
        }
    }

    @Test func noExamplesGiveNoLoss() {
        let result = crossEntropy(
            .padded(rows: 3, columns: 0), labels: [], weights: plain(3), gradientScale: 1)
        #expect(result.lossSum == 0 && result.correct == 0)
    }

    private func plain(_ classes: Int) -> LossWeights {
        LossWeights(classes: Array(repeating: 1, count: classes), smoothing: 0)
    }
}
