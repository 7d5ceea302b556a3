import CKernels

/// How a window slides over a signal: `width` samples at a time, `step` samples on each time.
public struct SlidingWindow: Sendable, Equatable {
    /// Samples in a window.
    public let width: Int
    /// Samples from the start of one window to the start of the next.
    public let step: Int

    /// A window of at least one sample that moves by at least one.
    public init(width: Int, step: Int) {
        precondition(
            width > 0 && step > 0, "a window needs a width and a step of at least 1, found \(width) and \(step)")
        self.width = width
        self.step = step
    }

    /// How many windows lie wholly inside a signal of `samples` samples.
    public func count(in samples: Int) -> Int { samples < width ? 0 : (samples - width) / step + 1 }
}

/// y ← some frames of signal ∗ weights + bias, through GELU where asked: the convolution of one channel into many.
///
/// Shapes: weights width×C, bias C, y frames×C; there are as many frames as there are windows in the signal.
public func convolve(
    _ signal: [Float], _ window: SlidingWindow, frames: Range<Int>, weights: Matrix, bias: FloatBuffer,
    throughGELU: Bool, into y: Matrix
) {
    precondition(
        weights.rows == window.width && weights.stride == weights.columns && bias.count == weights.columns,
        "convolve: weights \(weights.rows)×\(weights.columns), bias \(bias.count), for a window of \(window.width)")
    precondition(
        y.rows == frames.count && y.columns == weights.columns && frames.lowerBound >= 0
            && frames.upperBound <= window.count(in: signal.count),
        "convolve: frames \(frames) of \(window.count(in: signal.count)), \(weights.columns) channels, into \(y.shape)")
    signal.withUnsafeBufferPointer { samples in
        guard let first = samples.baseAddress else { return }
        loops.inference.convolve_signal(
            first + frames.lowerBound * window.step, window.step, window.width, weights.base, bias.base, throughGELU,
            y.base, y.stride, y.rows, y.columns)
    }
}

/// The mean and covariance of a signal's windows, over all of them.
public struct WindowMoments: Sendable {
    /// Mean of sample `i` of a window; `width` numbers.
    public let mean: [Double]
    /// Covariance of samples `i` and `j` of a window; `width × width` numbers, row-major, biased.
    public let covariance: [Double]

    /// The moments of a signal that holds at least one window, summed in double precision.
    public init(of signal: [Float], _ window: SlidingWindow) {
        let (width, frames) = (window.width, window.count(in: signal.count))
        precondition(frames > 0, "moments of no window: \(signal.count) samples, a window of \(width)")
        var sums = [Double](repeating: 0, count: width)
        var products = [Double](repeating: 0, count: width * width)
        signal.withUnsafeBufferPointer { samples in
            guard let first = samples.baseAddress else { return }
            loops.inference.window_sums(first, window.step, width, frames, &sums, &products)
        }
        let mean = sums.map { $0 / Double(frames) }
        self.mean = mean
        covariance = products.indices.map { products[$0] / Double(frames) - mean[$0 / width] * mean[$0 % width] }
    }

    /// The mean and variance of `weights · window` over all windows; the variance is at least 0.
    public func projected(on weights: [Double]) -> (mean: Double, variance: Double) {
        precondition(weights.count == mean.count, "\(weights.count) weights on a window of \(mean.count) samples")
        var (average, variance) = (0.0, 0.0)
        for (i, weight) in weights.enumerated() {
            average += weight * mean[i]
            for (j, other) in weights.enumerated() { variance += weight * other * covariance[i * weights.count + j] }
        }
        return (average, max(0, variance))
    }
}
