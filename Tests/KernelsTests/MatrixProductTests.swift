import Kernels
import TestSupport
import Testing

@Suite struct MatrixProductTests {
    @Test(arguments: [[1, 1, 1], [3, 5, 7], [17, 33, 9], [64, 16, 48], [0, 4, 4], [4, 0, 3]])
    func theProductIsItsNaiveTwin(_ shape: [Int]) {
        let (a, b) = (noiseMatrix(shape[0], shape[1], gap: 2), noiseMatrix(shape[1], shape[2], gap: 1))
        let c = Matrix(rows: shape[0], columns: shape[2])
        multiply(a, b, into: c)
        let expected =
            shape[1] == 0
            ? [Double](repeating: 0, count: shape[0] * shape[2])
            : NaiveInference.product(a.numbers, b.numbers, inner: shape[1], columns: shape[2])
        expectClose(c.numbers, to: expected, absolute: 1e-5, relative: 1e-5)
    }

    @Test func transposedFactorsAndSumsFollowTheFormula() {
        let (a, b) = (noiseMatrix(5, 4), noiseMatrix(6, 5))
        let c = noiseMatrix(4, 6)
        let before = c.numbers
        multiply(a, b, into: c, transposeA: true, transposeB: true, alpha: 2, beta: 3)
        let product = NaiveInference.product(
            transposed(a), transposed(b), inner: 5, columns: 6)
        expectClose(c.numbers, to: zip(product, before).map { 2 * $0 + 3 * $1 }, absolute: 1e-5, relative: 1e-5)
    }

    @Test func whatTheDestinationHeldDoesNotMatter() {
        let (a, b) = (noiseMatrix(5, 4), noiseMatrix(4, 5))
        let (clean, dirty) = (Matrix(rows: 5, columns: 5), Matrix(rows: 5, columns: 5))
        for row in 0..<5 { for column in 0..<5 { dirty[row, column] = .nan } }
        multiply(a, b, into: clean)
        multiply(a, b, into: dirty)
        #expect(clean.numbers == dirty.numbers)
    }

    @Test func shapesThatDoNotFitTrap() async {
        await #expect(processExitsWith: .failure) {
            multiply(Matrix(rows: 2, columns: 3), Matrix(rows: 2, columns: 3), into: Matrix(rows: 2, columns: 3))
        }
    }

    private func transposed(_ matrix: Matrix) -> [Double] {
        (0..<matrix.columns).flatMap { column in (0..<matrix.rows).map { Double(matrix[$0, column]) } }
    }
}
