import Kernels
import TestSupport
import Testing

@Suite struct SignalConvolutionTests {
    /// Width, step, channels, samples: tails in frames and in channels, one frame, a step beyond the width.
    static let shapes = [[10, 5, 48, 123], [1, 1, 1, 1], [3, 2, 17, 50], [10, 5, 16, 10], [4, 7, 35, 60]]

    @Test(arguments: shapes) func theConvolutionIsItsNaiveTwin(_ shape: [Int]) {
        let (window, channels) = (SlidingWindow(width: shape[0], step: shape[1]), shape[2])
        let signal = floatNoise(shape[3])
        let weights = noiseMatrix(window.width, channels)
        let bias = floatNoise(channels)
        let sums = naive(signal, window, weights: weights, bias: bias)
        for (throughGELU, expected) in [(false, sums), (true, sums.map(NaiveInference.gelu))] {
            let y = noiseMatrix(window.count(in: signal.count), channels, gap: 3)
            convolve(
                signal, window, frames: 0..<y.rows, weights: weights, bias: FloatBuffer(bias), throughGELU: throughGELU,
                into: y)
            expectClose(y.numbers, to: expected, absolute: 1e-6, relative: 1e-6)
        }
    }

    @Test func someFramesAreThoseOfTheWhole() {
        let (window, signal) = (SlidingWindow(width: 10, step: 5), floatNoise(200))
        let (weights, bias) = (noiseMatrix(10, 33), FloatBuffer(floatNoise(33)))
        let (whole, some) = (Matrix(rows: 39, columns: 33), Matrix(rows: 11, columns: 33))
        convolve(signal, window, frames: 0..<39, weights: weights, bias: bias, throughGELU: true, into: whole)
        convolve(signal, window, frames: 17..<28, weights: weights, bias: bias, throughGELU: true, into: some)
        #expect(some.numbers == whole.rows(17..<28).numbers)
    }

    @Test(arguments: shapes) func momentsPredictTheMeanAndVarianceOfTheConvolution(_ shape: [Int]) {
        let window = SlidingWindow(width: shape[0], step: shape[1])
        let signal = floatNoise(shape[3]).map { $0 + 3 }
        let weights = noiseMatrix(window.width, 1)
        let outputs = naive(signal, window, weights: weights, bias: [0])
        let mean = outputs.reduce(0, +) / Double(outputs.count)
        let variance = outputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(outputs.count)
        let found = WindowMoments(of: signal, window).projected(on: weights.numbers)
        expectClose([found.mean, found.variance], to: [mean, variance], absolute: 1e-11, relative: 1e-10)
    }

    @Test func aConstantSignalHasNoVariance() {
        let moments = WindowMoments(of: [Float](repeating: 0.3, count: 100), SlidingWindow(width: 4, step: 2))
        let found = moments.projected(on: [1, -2, 3, 5])
        #expect(found.variance >= 0 && found.variance < 1e-15)
    }

    private func naive(_ signal: [Float], _ window: SlidingWindow, weights: Matrix, bias: [Float]) -> [Double] {
        let channelMajor = (0..<weights.columns).flatMap { channel in
            (0..<weights.rows).map { Double(weights[$0, channel]) }
        }
        let sums = NaiveInference.convolution(
            signal.map(Double.init), inputs: 1, weights: channelMajor, taps: window.width, step: window.step)
        return sums.enumerated().map { $1 + Double(bias[$0 % weights.columns]) }
    }
}
