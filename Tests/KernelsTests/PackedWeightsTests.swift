import Kernels
import TestSupport
import Testing

@Suite struct PackedWeightsTests {
    /// Inputs, outputs, taps, step, frames: taps not a multiple of the step, a step beyond the taps, one frame only.
    static let convolutions = [
        [1, 1, 1, 1, 1], [5, 7, 3, 2, 11], [33, 40, 3, 2, 20], [4, 6, 2, 2, 9], [3, 5, 2, 3, 10], [6, 6, 5, 1, 5],
        [2, 3, 7, 3, 40],
    ]

    @Test(arguments: convolutions) func aConvolutionOfWindowsIsItsNaiveTwin(_ shape: [Int]) {
        let (inputs, outputs, taps, step) = (shape[0], shape[1], shape[2], shape[3])
        let frames = noiseMatrix(shape[4], inputs)
        let values = floatNoise(outputs * inputs * taps)
        let windows = frames.windows(width: taps, step: step)
        let y = Matrix(rows: windows.rows, columns: outputs)
        multiply(windows, PackedWeights(convolution: values, outputs: outputs, inputs: inputs, taps: taps), into: y)
        let expected = NaiveInference.convolution(
            frames.numbers, inputs: inputs, weights: values.map(Double.init), taps: taps, step: step)
        expectClose(y.numbers, to: expected, absolute: 1e-5, relative: 1e-5)
    }

    @Test func addingKeepsWhatIsThere() {
        let x = noiseMatrix(6, 10)
        let weights = PackedWeights(linear: floatNoise(70), outputs: 7, inputs: 10)
        let (fresh, sum) = (Matrix(rows: 6, columns: 7), Matrix(rows: 6, columns: 7))
        for row in 0..<6 { for column in 0..<7 { sum[row, column] = 100 } }
        multiply(x, weights, into: fresh)
        multiply(x, weights, into: sum, adding: true)
        expectClose(sum.numbers, to: fresh.numbers.map { $0 + 100 }, absolute: 2e-5)
    }

    @Test func aLayersWeightMeansWhatItMeansInPyTorch() {
        let weights = PackedWeights(linear: [1, 2, 3, 4, 5, 6], outputs: 2, inputs: 3)
        let y = Matrix(rows: 1, columns: 2)
        multiply(Matrix(FloatBuffer([1, 10, 100]), rows: 1, columns: 3), weights, into: y)
        #expect(y.numbers == [321, 654])
    }
}
