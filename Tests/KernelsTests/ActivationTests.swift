import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct ActivationTests {
    @Test(arguments: [0, 1, 3, 16, 17, 33, 200]) func geluIsItsNaiveTwin(_ columns: Int) {
        let x = noiseMatrix(3, columns, gap: 2)
        let expected = x.numbers.map(NaiveInference.gelu)
        applyGELU(to: x)
        expectClose(x.numbers, to: expected, absolute: 3e-7)
    }

    @Test func geluAddsItsBiasFirst() {
        let x = noiseMatrix(4, 19)
        let bias = FloatBuffer((0..<19).map { Float($0) / 10 - 1 })
        let expected = x.rowNumbers.flatMap { row in
            row.enumerated().map { NaiveInference.gelu($1 + Double(bias[$0])) }
        }
        applyGELU(to: x, addingBias: bias)
        expectClose(x.numbers, to: expected, absolute: 3e-7)
    }

    @Test func geluStaysCloseOverTheWholeAxis() {
        let points = (-30_000...30_000).map { Float($0) / 1000 }
        let x = Matrix(FloatBuffer(points), rows: 1, columns: points.count)
        applyGELU(to: x)
        let scales = points.map { max(1, abs(Double($0))) }
        let expected = zip(points, scales).map { NaiveInference.gelu(Double($0)) / $1 }
        expectClose(zip(x.numbers, scales).map(/), to: expected, absolute: 3e-7)
    }

    @Test func geluKeepsNaNAndInfinity() {
        let x = Matrix(FloatBuffer([.nan, .infinity, 0]), rows: 1, columns: 3)
        applyGELU(to: x)
        #expect(x[0, 0].isNaN)
        #expect(x[0, 1] == .infinity)
        #expect(x[0, 2] == 0)
    }

    @Test func geluLeavesTheGapsBetweenRowsAlone() {
        let x = noiseMatrix(2, 20, gap: 3)
        let before = x.storage[21]
        applyGELU(to: x)
        #expect(x.storage[21] == before)
    }

    @Test(arguments: [1, 2, 15, 16, 17, 40, 201]) func softmaxIsItsNaiveTwin(_ columns: Int) {
        let x = noiseMatrix(5, columns, gap: 1)
        let expected = x.rowNumbers.flatMap(NaiveInference.softmax)
        applySoftmax(toRowsOf: x)
        expectClose(x.numbers, to: expected, absolute: 1e-8, relative: 1e-6)
    }

    @Test func softmaxOfFarApartScoresIsZeroAndOne() {
        let x = Matrix(FloatBuffer([-1e30, 500, -300, 100]), rows: 1, columns: 4)
        applySoftmax(toRowsOf: x)
        expectClose(x.numbers, to: [0, 1, 0, 0] as [Double], absolute: 1e-30)
    }

    @Test func softmaxOfNaNIsNaN() {
        let x = noiseMatrix(1, 37)
        x[0, 20] = .nan
        applySoftmax(toRowsOf: x)
        #expect(x.numbers.allSatisfy { $0.isNaN })
    }

    @Test func softmaxOfNoColumnsIsNothing() { applySoftmax(toRowsOf: Matrix(rows: 3, columns: 0)) }
}
