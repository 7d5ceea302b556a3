import Kernels
import TestSupport
import Testing

@Suite struct LayerNormTests {
    @Test(arguments: [1, 2, 15, 16, 17, 48, 100]) func eachRowIsItsNaiveTwin(_ columns: Int) {
        let x = noiseMatrix(4, columns, gap: 3)
        let y = Matrix(rows: 4, columns: columns)
        let (gain, bias) = parameters(columns)
        let expected = x.rowNumbers.flatMap {
            NaiveInference.layerNorm(
                $0, gain: gain.map(Double.init), bias: bias.map(Double.init), epsilon: Double(Float(1e-5)))
        }
        normalizeRows(of: x, into: y, gain: FloatBuffer(gain), bias: FloatBuffer(bias), epsilon: 1e-5)
        expectClose(y.numbers, to: expected, absolute: 2e-6)
    }

    @Test func aMatrixMayBeNormalisedInPlace() {
        let x = noiseMatrix(3, 21)
        let y = Matrix(rows: 3, columns: 21)
        let (gain, bias) = parameters(21)
        normalizeRows(of: x, into: y, gain: FloatBuffer(gain), bias: FloatBuffer(bias), epsilon: 1e-5)
        normalizeRows(of: x, into: x, gain: FloatBuffer(gain), bias: FloatBuffer(bias), epsilon: 1e-5)
        #expect(x.numbers == y.numbers)
    }

    @Test func aLargeMeanDoesNotSwallowTheVariance() {
        let x = Matrix(FloatBuffer((0..<64).map { 10_000 + Float($0 % 2) }), rows: 1, columns: 64)
        normalizeRows(of: x, into: x, gain: ones(64), bias: FloatBuffer(count: 64), epsilon: 1e-5)
        expectClose(x.numbers, to: (0..<64).map { Double($0 % 2) * 2 - 1 }, absolute: 1e-3)
    }

    private func parameters(_ columns: Int) -> (gain: [Float], bias: [Float]) {
        ((0..<columns).map { 1 + Float($0 % 5) / 4 }, (0..<columns).map { Float($0 % 3) - 1 })
    }

    private func ones(_ count: Int) -> FloatBuffer { FloatBuffer([Float](repeating: 1, count: count)) }
}
