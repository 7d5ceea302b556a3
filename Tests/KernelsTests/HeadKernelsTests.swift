import Foundation
import TestSupport
import Testing

@testable import Kernels

@Suite struct HeadKernelsTests {
    /// B, K, N: ones, less than a vector, whole tiles, and one past each block of the loops.
    static let shapes = [
        [1, 1, 1], [3, 5, 2], [4, 64, 16], [5, 65, 17], [16, 24, 8], [2, 3, 513], [67, 130, 33],
    ]

    @Test(arguments: shapes) func aLinearLayerIsItsNaiveTwin(_ shape: [Int]) {
        let layer = LinearCase(shape)
        let z = Matrix.padded(rows: layer.batch, columns: layer.outputs)
        applyLinear(layer.x, layer.parameters, into: z)
        let twin = NaiveHead.linear(layer.x.numbers, weight: layer.weight, bias: layer.bias)
        expectClose(z.numbers, twin, relative: 1e-5, absolute: 1e-5)
        #expect(paddingIsZero(z))
    }

    @Test func anExamplesOutputsDoNotDependOnTheRestOfTheBatch() {
        let layer = LinearCase([7, 130, 33])
        let together = Matrix.padded(rows: 7, columns: 33)
        applyLinear(layer.x, layer.parameters, into: together)
        let alone = Matrix.padded(rows: 1, columns: 33)
        for row in 0..<7 {
            applyLinear(layer.x.rows(row..<row + 1), layer.parameters, into: alone)
            #expect(alone.numbers == together.rows(row..<row + 1).numbers)
        }
    }

    @Test(arguments: shapes) func threeStepsOfDescentAreThoseOfTheNaiveTwin(_ shape: [Int]) {
        let layer = LinearCase(shape)
        let parameters = LinearParameters(layer.parameters)
        var twins = layer.parameters.numbers.map(NaiveAdamW.init)
        for count in 1...3 {
            let delta = padded(wave(layer.batch * layer.outputs, phase: Double(count)), rows: layer.batch)
            descend(parameters, inputs: layer.x, gradient: delta, step: adamWStep(count))
            let gradient = NaiveHead.gradient(
                x: layer.x.numbers, delta: delta.numbers, inputs: layer.inputs, outputs: layer.outputs)
            for (index, slope) in gradient.enumerated() {
                twins[index].step(
                    gradient: slope, learningRate: 0.01, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3)
            }
        }
        expectClose(parameters.values.numbers, twins.map(\.parameter), relative: 1e-5, absolute: 2e-6)
        #expect(paddingIsZero(parameters.values))
    }

    @Test func rectifyClearsWhatIsNegativeAndKeepsNaN() {
        let z = padded([-1, 0, 2, .nan, -.infinity, .infinity], rows: 2)
        rectify(z)
        let found = z.numbers
        #expect(found[0...2] == [0, 0, 2])
        #expect(found[3].isNaN)
        #expect(found[4...5] == [0, .infinity])
    }

    @Test(arguments: [1, 3, 4, 17, 64]) func dropoutTakesSixteenBitsAUnit(_ columns: Int) {
        let rows = 3
        let before = wave(rows * columns, phase: 0.3)
        let z = padded(before, rows: rows)
        let draws = (0..<(rows * columns + 3) / 4).map { (UInt64($0) &+ 1) &* 0x9e37_79b9_7f4a_7c15 }
        rectify(z, droppingBelow: 20_000, draws: draws, scale: 1.5)
        let kept = NaiveHead.kept(rows * columns, draws: draws, threshold: 20_000)
        let twin = NaiveHead.rectify(before.map { Double(Float($0)) }, kept: kept, scale: 1.5)
        expectClose(z.numbers, twin, relative: 1e-6, absolute: 0)
        #expect(paddingIsZero(z))
    }

    @Test func theGradientPassesWhereTheActivationIsPositive() {
        let gradient = padded([1, -2, 3, 4], rows: 2)
        rectifyGradient(gradient, activations: padded([0, 0.5, 0, 7], rows: 2), scale: 2)
        #expect(gradient.numbers == [0, -4, 0, 8])
    }

    @Test(arguments: [1, 2, 8, 19]) func crossEntropyAndItsGradientAreTheirNaiveTwins(_ classes: Int) {
        let rows = 5
        let logits = wave(rows * classes, phase: 1.1).map { Double(Float(4 * $0)) }
        let labels = (0..<rows).map { ($0 * 7) % classes }
        let matrix = padded(logits, rows: rows)
        let result = crossEntropy(matrix, labels: labels.map(Int32.init), gradientScale: 0.25)
        #expect(abs(result.lossSum - NaiveHead.crossEntropy(logits, labels: labels, classes: classes)) <= 1e-5)
        var gradient = NaiveHead.softmax(logits, classes: classes)
        for (row, label) in labels.enumerated() { gradient[row * classes + label] -= 1 }
        expectClose(matrix.numbers, gradient.map { $0 / 4 }, relative: 1e-5, absolute: 1e-7)
    }

    @Test func theFirstOfEqualLogitsIsTheAnswer() {
        let result = crossEntropy(padded([1, 1, 0, 3, 3, 3], rows: 2), labels: [0, 1], gradientScale: 1)
        #expect(result.correct == 1)
    }

    @Test func hugeLogitsGiveAFiniteLoss() {
        let result = crossEntropy(padded([3e38, -3e38], rows: 1), labels: [0], gradientScale: 1)
        #expect(result.lossSum == 0)
    }

    @Test(arguments: [Double.nan, .infinity]) func aLogitThatIsNotFiniteGivesALossThatIsNot(_ logit: Double) {
        for position in 0..<3 {
            var logits = [0.5, -1, 2]
            logits[position] = logit
            #expect(!crossEntropy(padded(logits, rows: 1), labels: [0], gradientScale: 1).lossSum.isFinite)
        }
    }

    @Test func gatherTakesRowsInTheOrderGiven() {
        let batch = Matrix.padded(rows: 3, columns: 2)
        gather([9, 2, 0, 2, 9][1...3], of: [0, 1, 10, 11, 20, 21], into: batch)
        #expect(batch.numbers == [20, 21, 0, 1, 20, 21])
    }

    private func adamWStep(_ count: Int) -> AdamWStep {
        AdamWStep(
            decay: 1 - 0.01 * 0.1, firstBlend: 0.1, secondDecay: 0.99, secondBlend: 0.01,
            stepSize: Float(0.01 / (1 - pow(0.9, Double(count)))),
            rootScale: Float(1 / (1 - pow(0.99, Double(count))).squareRoot()), epsilon: 1e-3)
    }
}

/// A linear layer and its inputs, of any shape.
private struct LinearCase {
    let batch, inputs, outputs: Int
    let weight, bias: [Double]
    let x, parameters: Matrix

    init(_ shape: [Int]) {
        (batch, inputs, outputs) = (shape[0], shape[1], shape[2])
        x = padded(wave(batch * inputs, phase: 0), rows: batch)
        parameters = padded(wave((inputs + 1) * outputs, phase: 2), rows: inputs + 1)
        var weight: [Double] = []
        for n in 0..<outputs { for k in 0..<inputs { weight.append(Double(parameters[k, n])) } }
        self.weight = weight
        bias = (0..<outputs).map { [parameters, inputs] in Double(parameters[inputs, $0]) }
    }
}

/// Irregular numbers between −1 and 1.
private func wave(_ count: Int, phase: Double) -> [Double] {
    (0..<count).map { index in
        let angle = 12.9898 * Double(index) + Double(index * index % 101)
        return sin(angle + phase)
    }
}

private func padded(_ values: [Double], rows: Int) -> Matrix {
    let columns = values.count / rows
    let matrix = Matrix.padded(rows: rows, columns: columns)
    for row in 0..<rows { for column in 0..<columns { matrix[row, column] = Float(values[row * columns + column]) } }
    return matrix
}

private func paddingIsZero(_ matrix: Matrix) -> Bool {
    (0..<matrix.rows).allSatisfy { row in
        (matrix.columns..<matrix.stride).allSatisfy { matrix.storage[matrix.offset + row * matrix.stride + $0] == 0 }
    }
}

/// Records the largest difference beyond `absolute` + `relative` · |expected|, and where it is; NaN fails.
private func expectClose(
    _ found: [Double], _ expected: [Double], relative: Double, absolute: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    let excesses = zip(found, expected).map { abs($0 - $1) - relative * abs($1) }
    guard let worst = excesses.indices.max(by: { excesses[$0] < excesses[$1] || excesses[$1].isNaN }) else { return }
    #expect(
        excesses[worst] <= absolute, "index \(worst): \(found[worst]), expected \(expected[worst])",
        sourceLocation: sourceLocation)
}
