import TestSupport
import Testing

@testable import Kernels

@Suite struct HeadMixingTests {
    /// L and D: one, less than a vector, whole vectors, and a tail.
    static let shapes = [[1, 1], [2, 5], [3, 16], [13, 40], [4, 67]]
    private static let rows = [4, 0, 2, 4]

    @Test(arguments: shapes) func theSumIsItsNaiveTwin(_ shape: [Int]) {
        let (table, coefficients) = sample(shape)
        let mixed = Matrix.padded(rows: 4, columns: shape[1])
        mix(Self.rows, of: table, coefficients: coefficients, into: mixed)
        let twin = NaiveHead.mix(states(table, shape), coefficients: coefficients.numbers, width: shape[1])
        expectClose(mixed.numbers, twin, relative: 1e-5, absolute: 1e-5)
        #expect(paddingIsZero(mixed))
    }

    @Test(arguments: shapes) func theGradientIsItsNaiveTwin(_ shape: [Int]) {
        let (table, _) = sample(shape)
        let gradient = padded(wave(4 * shape[1], phase: 0.7), rows: 4)
        let found = mixGradient(Self.rows, of: table, states: shape[0], gradient: gradient)
        let twin = NaiveHead.mixGradient(
            states(table, shape), gradient: gradient.numbers, states: shape[0], width: shape[1])
        expectClose(found, twin, relative: 1e-5, absolute: 1e-5)
    }

    @Test func noRowsGiveNothing() {
        let (table, coefficients) = sample([2, 5])
        mix([], of: table, coefficients: coefficients, into: .padded(rows: 0, columns: 5))
        #expect(mixGradient([], of: table, states: 2, gradient: .padded(rows: 0, columns: 5)) == [0, 0])
    }

    @Test func fillSetsEveryNumberAndNoneBeside() {
        let matrix = Matrix.padded(rows: 3, columns: 5)
        fill(matrix.rows(1..<2), with: 7)
        #expect(matrix.numbers == [0, 0, 0, 0, 0, 7, 7, 7, 7, 7, 0, 0, 0, 0, 0])
        #expect(paddingIsZero(matrix))
    }

    /// A table of five rows, and coefficients.
    private func sample(_ shape: [Int]) -> ([Float], Matrix) {
        let table = wave(5 * shape[0] * shape[1], phase: 0.1).map { Float($0) }
        return (table, padded(wave(shape[0] * shape[1], phase: 1.9), rows: shape[0]))
    }

    private func states(_ table: [Float], _ shape: [Int]) -> [Double] {
        let width = shape[0] * shape[1]
        return Self.rows.flatMap { table[$0 * width..<($0 + 1) * width].map(Double.init) }
    }
}
