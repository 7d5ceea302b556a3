import Kernels
import TestSupport
import Testing

@Suite struct PackedMatrixTests {
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
        let packed = PackedMatrix(convolution: values, outputs: outputs, inputs: inputs, taps: taps)
        multiply(windows, packed, into: y, ProductScratch())
        let expected = NaiveInference.convolution(
            frames.numbers, inputs: inputs, weights: values.map(Double.init), taps: taps, step: step)
        expectClose(y.numbers, to: expected, absolute: 1e-5, relative: 1e-5)
    }

    @Test func aLayersWeightMeansWhatItMeansInPyTorch() {
        let weights = PackedMatrix(linear: [1, 2, 3, 4, 5, 6], outputs: 2, inputs: 3)
        let y = Matrix(rows: 1, columns: 2)
        multiply(Matrix(FloatBuffer([1, 10, 100]), rows: 1, columns: 3), weights, into: y, ProductScratch())
        #expect(y.numbers == [321, 654])
    }

    @Test func aMatrixAndItsTransposePackAlike() {
        let matrix = noiseMatrix(37, 21, gap: 3)
        let turned = Matrix(rows: 21, columns: 37)
        for row in 0..<37 { for column in 0..<21 { turned[column, row] = matrix[row, column] } }
        let x = noiseMatrix(5, 37)
        let (y, z) = (Matrix(rows: 5, columns: 21), Matrix(rows: 5, columns: 21))
        multiply(x, PackedMatrix(matrix), into: y, ProductScratch())
        multiply(x, PackedMatrix(transposed: turned), into: z, ProductScratch())
        #expect(y.numbers == z.numbers)
    }

    @Test func storageThatIsTooSmallTraps() async {
        await #expect(processExitsWith: .failure) {
            _ = PackedMatrix(Matrix(rows: 8, columns: 8), in: FloatBuffer(count: 63))
        }
    }
}
