import Kernels
import TestSupport
import Testing

@testable import Wav2Vec2

@Suite struct MinimalFilterTests {
    /// One output, the three remainders of threes, more than a tile of groups.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 50, 151]) func itIsTheConvolution(_ outputs: Int) {
        let (inputs, channels) = (20, 18)
        let x = Matrix(FloatBuffer(floatNoise((2 * outputs + 1) * inputs)), rows: 2 * outputs + 1, columns: inputs)
        let weight = floatNoise(channels * inputs * 3)
        let y = Matrix(rows: outputs, columns: channels)
        MinimalFilter(weight, outputs: channels, inputs: inputs).apply(to: x, into: y, Finish(), Workspace())
        let numbers = (0..<x.rows).flatMap { row in (0..<inputs).map { Double(x[row, $0]) } }
        let expected = NaiveInference.convolution(
            numbers, inputs: inputs, weights: weight.map(Double.init), taps: 3, step: 2)
        let found = (0..<outputs).flatMap { row in (0..<channels).map { y[row, $0] } }
        expectClose(found, to: expected, absolute: 1e-6)
    }

    @Test func biasAndGELUComeLast() {
        let x = Matrix(FloatBuffer(floatNoise(9 * 4)), rows: 9, columns: 4)
        let filter = MinimalFilter(floatNoise(4 * 4 * 3), outputs: 4, inputs: 4)
        let (plain, finished) = (Matrix(rows: 4, columns: 4), Matrix(rows: 4, columns: 4))
        filter.apply(to: x, into: plain, Finish(), Workspace())
        filter.apply(to: x, into: finished, Finish(bias: FloatBuffer([1, 2, 3, 4]), throughGELU: true), Workspace())
        for row in 0..<4 {
            for column in 0..<4 {
                let expected = NaiveInference.gelu(Double(plain[row, column]) + Double(column + 1))
                expectClose([finished[row, column]], to: [expected], absolute: 1e-6)
            }
        }
    }
}
