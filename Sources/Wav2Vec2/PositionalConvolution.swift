import Kernels

/// Position as a sum: hidden ← hidden + GELU(grouped convolution of hidden over time).
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2PositionalConvEmbedding` and
/// `Wav2Vec2SamePadLayer`. K taps with K/2 frames of silence on each side; of an even K's T+1 outputs the last is
/// dropped. Its weight is stored as a direction v and a gain g for each tap: w = g·v/‖v‖, the norm taken over
/// everything but the tap.
struct PositionalConvolution: Sendable {
    private let taps: Int
    private let groups: Int
    /// For each group: (K · H/groups) × H/groups.
    private let weights: [PackedMatrix]
    private let bias: FloatBuffer

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        taps = configuration.positionalTaps
        groups = configuration.positionalGroups
        bias = try source.buffer(TensorName.positionalBias)
        let kernel = Self.kernel(
            gain: try source.values(TensorName.positionalGain),
            direction: try source.values(TensorName.positionalDirection))
        let width = configuration.hiddenSize / groups
        weights = (0..<groups).map { [taps] group in
            let size = width * width * taps
            return PackedMatrix(
                convolution: Array(kernel[group * size..<(group + 1) * size]), outputs: width, inputs: width,
                taps: taps,
                precision: source.precision)
        }
    }

    /// Adds the position to the hidden state, T×H.
    func add(to hidden: Matrix, _ workspace: Workspace) {
        let positions = workspace.matrix(.positions, rows: hidden.rows, columns: hidden.columns)
        let width = hidden.columns / groups
        for group in 0..<groups {
            let channels = group * width..<(group + 1) * width
            convolve(hidden.columns(channels), weights[group], into: positions.columns(channels), workspace)
        }
        applyGELU(to: positions, addingBias: bias)
        Kernels.add(positions, to: hidden)
    }

    /// One group: T × width into T × width.
    private func convolve(_ x: Matrix, _ weights: PackedMatrix, into y: Matrix, _ workspace: Workspace) {
        let windows = padded(x, rows: x.rows + taps - 1, workspace).windows(width: taps, step: 1)
        multiply(windows, weights, into: y, workspace.scratch)
    }

    /// The group's frames with K/2 frames of zeros before them and zeros after them.
    private func padded(_ x: Matrix, rows: Int, _ workspace: Workspace) -> Matrix {
        let padded = workspace.matrix(.paddedGroup, rows: rows, columns: x.columns)
        let (start, end) = (taps / 2, taps / 2 + x.rows)
        clear(padded.rows(0..<start))
        copy(x, into: padded.rows(start..<end))
        clear(padded.rows(end..<rows))
        return padded
    }

    /// g·v/‖v‖ for each tap, the innermost dimension; the norms are summed in double precision.
    private static func kernel(gain: [Float], direction: [Float]) -> [Float] {
        var squares = [Double](repeating: 0, count: gain.count)
        for start in stride(from: 0, to: direction.count, by: gain.count) {
            for tap in gain.indices { squares[tap] += Double(direction[start + tap]) * Double(direction[start + tap]) }
        }
        let scales = zip(gain, squares).map { Double($0) / $1.squareRoot() }
        var kernel = direction
        for start in stride(from: 0, to: kernel.count, by: scales.count) {
            for tap in scales.indices { kernel[start + tap] = Float(Double(kernel[start + tap]) * scales[tap]) }
        }
        return kernel
    }
}
