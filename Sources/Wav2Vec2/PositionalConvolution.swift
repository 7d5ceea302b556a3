import Kernels

/// Position as a sum: hidden ← hidden + GELU(grouped convolution of hidden over time).
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2PositionalConvEmbedding` and
/// `Wav2Vec2SamePadLayer`. K taps with K/2 frames of silence on each side; of an even K's T+1 outputs the last is
/// dropped. Its weight is stored as a direction v and a gain g for each tap: w = g·v/‖v‖, the norm taken over
/// everything but the tap.
struct PositionalConvolution: Sendable {
    /// Taps multiplied at once: each group's windows of this many frames are laid out one after another, which makes
    /// matrix products deep enough to be fast without the whole window's K-fold copy.
    private static let tapsPerBlock = 16

    private let taps: Int
    private let groups: Int
    /// For each group, for each block of taps: (taps of the block · H/groups) × H/groups.
    private let weights: [[PackedWeights]]
    private let bias: FloatBuffer

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        taps = configuration.positionalTaps
        groups = configuration.positionalGroups
        bias = try source.buffer(TensorName.positionalBias)
        let kernel = Self.kernel(
            gain: try source.values(TensorName.positionalGain),
            direction: try source.values(TensorName.positionalDirection))
        weights = Self.blocks(of: kernel, taps: taps, groups: groups, width: configuration.hiddenSize / groups)
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
    private func convolve(_ x: Matrix, _ blocks: [PackedWeights], into y: Matrix, _ workspace: Workspace) {
        let blockTaps = min(taps, Self.tapsPerBlock)
        let padded = padded(x, rows: x.rows + blocks.count * blockTaps - 1, workspace)
        let windows = padded.windows(width: blockTaps, step: 1)
        let unfolded = workspace.matrix(.unfoldedGroup, rows: windows.rows, columns: windows.columns)
        copy(windows, into: unfolded)
        for (index, block) in blocks.enumerated() {
            let first = index * blockTaps
            multiply(unfolded.rows(first..<first + x.rows), block, into: y, adding: index > 0)
        }
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

    /// The kernel, H × width × K, cut by group and by block of taps; taps past the last are zeros.
    private static func blocks(of kernel: [Float], taps: Int, groups: Int, width: Int) -> [[PackedWeights]] {
        let blockTaps = min(taps, tapsPerBlock)
        return (0..<groups).map { group in
            stride(from: 0, to: taps, by: blockTaps).map { first in
                var block: [Float] = []
                block.reserveCapacity(width * width * blockTaps)
                for row in group * width * width..<(group + 1) * width * width {
                    let present = min(blockTaps, taps - first)
                    block += kernel[row * taps + first..<row * taps + first + present]
                    block += repeatElement(0, count: blockTaps - present)
                }
                return PackedWeights(convolution: block, outputs: width, inputs: width, taps: blockTaps)
            }
        }
    }
}
