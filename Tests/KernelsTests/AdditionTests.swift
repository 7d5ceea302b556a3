import Kernels
import TestSupport
import Testing

@Suite struct AdditionTests {
    @Test(arguments: [0, 1, 7, 16, 50]) func eachRowGetsTheBias(_ columns: Int) {
        let x = noiseMatrix(3, columns, gap: 4)
        let expected = x.rowNumbers.flatMap { $0.enumerated().map { $1 + Double($0) } }
        addBias(FloatBuffer((0..<columns).map(Float.init)), to: x)
        expectClose(x.numbers, to: expected, absolute: 0, relative: 1e-6)
    }

    @Test(arguments: [0, 1, 7, 16, 50]) func matricesOfDifferentStridesAdd(_ columns: Int) {
        let x = noiseMatrix(3, columns, gap: 4)
        let y = noiseMatrix(3, columns)
        let expected = zip(x.numbers, y.numbers).map(+)
        add(y, to: x)
        expectClose(x.numbers, to: expected, absolute: 1e-6)
    }

    @Test(arguments: [1, 16, 37]) func combinationsMayReplaceTheirTerms(_ columns: Int) {
        let (x, y) = (noiseMatrix(3, columns, gap: 1), noiseMatrix(3, columns))
        let expected = zip(x.numbers, y.numbers).map { $0 - 2 * $1 }
        let z = Matrix(rows: 3, columns: columns)
        combine(x, -2, y, into: z)
        combine(x, -2, y, into: x)
        expectClose(z.numbers, to: expected, absolute: 1e-6)
        #expect(x.numbers == z.numbers)
    }
}
