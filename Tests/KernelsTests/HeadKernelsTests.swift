import Foundation
import TestSupport
import Testing

@testable import Kernels

@Suite struct HeadKernelsTests {
    @Test(arguments: LinearCase.shapes) func aLinearLayerIsItsNaiveTwin(_ shape: [Int]) {
        let layer = LinearCase(shape)
        let z = Matrix.padded(rows: layer.outputs, columns: layer.batch)
        applyLinear(layer.columns, layer.parameters, into: z)
        let twin = NaiveHead.linear(layer.x, weight: layer.weight, bias: layer.bias)
        expectClose(transposed(z).numbers, twin, relative: 1e-5, absolute: 1e-5)
    }

    @Test func anExamplesOutputsDoNotDependOnTheRestOfTheBatch() {
        let layer = LinearCase([37, 130, 33])
        let together = Matrix.padded(rows: 33, columns: 37)
        applyLinear(layer.columns, layer.parameters, into: together)
        for example in 0..<37 {
            let alone = Matrix.padded(rows: 33, columns: 1)
            let x = transposed(transposed(layer.columns).rows(example..<example + 1))
            applyLinear(x, layer.parameters, into: alone)
            #expect(alone.numbers == together.columns(example..<example + 1).numbers)
        }
    }

    @Test func noExamplesGiveNoOutputs() {
        let layer = LinearCase([3, 5, 2])
        let none = (Matrix.padded(rows: 5, columns: 0), Matrix.padded(rows: 2, columns: 0))
        applyLinear(none.0, layer.parameters, into: none.1)
        inputGradient(none.1, layer.parameters, into: none.0)
    }

    @Test(arguments: LinearCase.shapes) func theGradientOfTheInputsIsItsNaiveTwin(_ shape: [Int]) {
        let layer = LinearCase(shape)
        let delta = padded(wave(layer.outputs * layer.batch, phase: 1), rows: layer.outputs)
        let gradient = Matrix.padded(rows: layer.inputs, columns: layer.batch)
        inputGradient(delta, layer.parameters, into: gradient)
        let twin = NaiveHead.inputGradient(transposed(delta).numbers, weight: layer.weight, outputs: layer.outputs)
        expectClose(transposed(gradient).numbers, twin, relative: 1e-5, absolute: 2e-5)
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

    @Test func gatherTakesRowsInTheOrderGiven() {
        let batch = Matrix.padded(rows: 3, columns: 2)
        gather([2, 0, 2], of: [0, 1, 10, 11, 20, 21], into: batch)
        #expect(batch.numbers == [20, 21, 0, 1, 20, 21])
    }

    @Test func theFirstRowInUseThatIsNotFiniteIsFound() {
        let table: [Float] = [.nan, 1, 2, 3, 4, .infinity, 5, 6]
        #expect(firstRowNotFinite([3, 1], of: table, width: 2) == nil)
        #expect(firstRowNotFinite([3, 2, 0], of: table, width: 2) == 1)
        #expect(firstRowNotFinite([], of: table, width: 2) == nil)
    }

    @Test(arguments: [[0, 0], [1, 1], [8, 16], [16, 24], [5, 9], [9, 5], [17, 33], [3, 64]])
    func rowsBecomeColumns(_ shape: [Int]) {
        let matrix = padded(wave(shape[0] * shape[1], phase: 0.5), rows: shape[0], columns: shape[1])
        let found = Matrix.padded(rows: shape[1], columns: shape[0])
        transpose(matrix, into: found)
        #expect(found.numbers == transposed(matrix).numbers)
        #expect(paddingIsZero(found))
    }
}
