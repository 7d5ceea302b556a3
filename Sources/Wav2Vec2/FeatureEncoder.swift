import Kernels

/// The convolutions that turn samples into frames: S samples → T×C.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2FeatureEncoder`; section 2 of Baevski et al.,
/// "wav2vec 2.0", arXiv:2006.11477. Frames are kept channel-last, so that the window a frame sees is one run of
/// numbers and each convolution is a matrix product. What the first convolution gives is many times larger than all that
/// follows, and never there as a whole: the second takes it tile by tile.
struct FeatureEncoder: Sendable {
    private let first: SignalConvolution
    private let others: [FrameConvolution]

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        first = try SignalConvolution(source, configuration)
        others = try concurrentMap(configuration.convolutionChannels.count - 1) {
            try FrameConvolution(source, configuration, layer: $0 + 1)
        }
    }

    /// S samples into T×C frames that live in the workspace.
    func frames(of samples: [Float], _ workspace: Workspace) -> Matrix {
        let signal = workspace.measure(.convolution(0)) { first.frames(of: samples) }
        guard let second = others.first else {
            let all = workspace.matrix(.evenFeatures, rows: signal.count, columns: signal.channels)
            workspace.measure(.convolution(0)) { signal.write(0..<signal.count, into: all) }
            return all
        }
        var frames = second.frames(ofFirst: signal.count, into: .oddFeatures, workspace) { tile in
            let some = workspace.matrix(.signalFrames, rows: tile.count, columns: signal.channels)
            workspace.measure(.convolution(0)) { signal.write(tile, into: some) }
            return some
        }
        for (index, convolution) in others.enumerated().dropFirst() {
            let input = frames
            frames = convolution.frames(
                ofFirst: input.rows, into: index.isMultiple(of: 2) ? .oddFeatures : .evenFeatures, workspace
            ) { input.rows($0) }
        }
        return frames
    }
}

/// PyTorch's default ε of `nn.GroupNorm` and `nn.LayerNorm`, which the feature encoder keeps whatever
/// `layer_norm_eps` says.
private let featureEpsilon = 1e-5

/// The first convolution, from one channel of samples to C channels, with its normalisation and GELU.
///
/// `Wav2Vec2GroupNormConvLayer` or, where every layer is normalised, `Wav2Vec2LayerNormConvLayer`.
private struct SignalConvolution: Sendable {
    private enum Normalization: Sendable {
        /// Each channel over time, with this gain and bias (C numbers each).
        case group(gain: [Float], bias: [Float])
        /// Each frame over channels, after a convolution with this bias (C numbers).
        case layer(LayerNorm, bias: FloatBuffer)
    }

    private let window: SlidingWindow
    /// K×C.
    private let weights: Matrix
    private let normalization: Normalization

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        let name = TensorName.convolution(0)
        let channels = configuration.convolutionChannels[0]
        window = SlidingWindow(width: configuration.convolutionTaps[0], step: configuration.convolutionStrides[0])
        weights = transpose(try source.values("\(name).conv.weight"), rows: channels, columns: window.width)
        let bias = configuration.convolutionBias ? try source.values("\(name).conv.bias") : nil
        switch configuration.featureNormalization {
        case .group:
            normalization = .group(
                gain: try source.values("\(name).layer_norm.weight"), bias: try source.values("\(name).layer_norm.bias")
            )
        case .layer:
            normalization = .layer(
                try source.layerNorm("\(name).layer_norm", epsilon: featureEpsilon),
                bias: bias.map { FloatBuffer($0) } ?? FloatBuffer(count: channels))
        }
    }

    /// The frames of S samples, to be computed some at a time.
    func frames(of samples: [Float]) -> SignalFrames {
        switch normalization {
        case .group(let gain, let bias):
            let folded = folded(gain: gain, bias: bias, over: samples)
            return SignalFrames(samples: samples, window: window, weights: folded.weights, bias: folded.bias, norm: nil)
        case .layer(let norm, let bias):
            return SignalFrames(samples: samples, window: window, weights: weights, bias: bias, norm: norm)
        }
    }

    /// The convolution followed by the group norm, as one convolution for this clip.
    ///
    /// Each channel's mean and variance over time follow from the moments of the clip's windows, so they are known
    /// before the convolution runs and its un-normalised output is never stored. A bias of the convolution cancels in
    /// the norm.
    private func folded(gain: [Float], bias: [Float], over samples: [Float]) -> (weights: Matrix, bias: FloatBuffer) {
        let moments = WindowMoments(of: samples, window)
        let scaled = Matrix(rows: weights.rows, columns: weights.columns)
        let offsets = FloatBuffer(count: weights.columns)
        for channel in 0..<weights.columns {
            let taps = (0..<window.width).map { Double(weights[$0, channel]) }
            let (mean, variance) = moments.projected(on: taps)
            let scale = Double(gain[channel]) / (variance + featureEpsilon).squareRoot()
            for (tap, weight) in taps.enumerated() { scaled[tap, channel] = Float(weight * scale) }
            offsets[channel] = Float(Double(bias[channel]) - mean * scale)
        }
        return (scaled, offsets)
    }
}

/// The first convolution's output for one clip.
private struct SignalFrames {
    let samples: [Float]
    let window: SlidingWindow
    let weights: Matrix
    let bias: FloatBuffer
    let norm: LayerNorm?

    var count: Int { window.count(in: samples.count) }
    var channels: Int { weights.columns }

    /// Some of the frames, ×C.
    func write(_ frames: Range<Int>, into y: Matrix) {
        convolve(samples, window, frames: frames, weights: weights, bias: bias, throughGELU: norm == nil, into: y)
        guard let norm else { return }
        norm.apply(to: y, into: y)
        applyGELU(to: y)
    }
}

/// One of the further convolutions, from channels to channels.
///
/// `Wav2Vec2NoLayerNormConvLayer` or `Wav2Vec2LayerNormConvLayer`.
private struct FrameConvolution: Sendable {
    private enum Filter: Sendable {
        case direct(PackedMatrix)
        case minimal(MinimalFilter)
    }

    /// Frames of the output that are computed at once.
    private static let framesPerTile = 3 * MinimalFilter.groupsPerTile

    private let layer: Int
    private let taps: Int
    private let stride: Int
    private let channels: Int
    private let filter: Filter
    private let bias: FloatBuffer?
    private let norm: LayerNorm?

    init(_ source: WeightSource, _ configuration: EncoderConfiguration, layer: Int) throws {
        let name = TensorName.convolution(layer)
        self.layer = layer
        taps = configuration.convolutionTaps[layer]
        stride = configuration.convolutionStrides[layer]
        channels = configuration.convolutionChannels[layer]
        filter = Self.filter(
            try source.values("\(name).conv.weight"), outputs: channels,
            inputs: configuration.convolutionChannels[layer - 1], taps: taps, stride: stride, layer: layer,
            precision: source.precision)
        bias = configuration.convolutionBias ? try source.buffer("\(name).conv.bias") : nil
        norm =
            configuration.featureNormalization == .layer
            ? try source.layerNorm("\(name).layer_norm", epsilon: featureEpsilon) : nil
    }

    /// In bfloat16 each minimal filter adds rounding of its sums and differences, so only the two convolutions that go over
    /// the most frames, four fifths of all, have one: pooled states then stay nearer to float32's than OpenVINO's do.
    private static func filter(
        _ weight: [Float], outputs: Int, inputs: Int, taps: Int, stride: Int, layer: Int, precision: Precision
    ) -> Filter {
        taps == 3 && stride == 2 && (precision == .float32 || layer <= 2)
            ? .minimal(MinimalFilter(weight, outputs: outputs, inputs: inputs, precision: precision))
            : .direct(
                PackedMatrix(convolution: weight, outputs: outputs, inputs: inputs, taps: taps, precision: precision))
    }

    /// T frames, which `tile` gives some of at a time, into fewer frames in the role's buffer.
    func frames(
        ofFirst count: Int, into role: Workspace.Role, _ workspace: Workspace, _ tile: (Range<Int>) -> Matrix
    ) -> Matrix {
        let y = workspace.matrix(
            role, rows: SlidingWindow(width: taps, step: stride).count(in: count), columns: channels)
        for first in Swift.stride(from: 0, to: y.rows, by: Self.framesPerTile) {
            let frames = first..<min(first + Self.framesPerTile, y.rows)
            let x = tile(frames.lowerBound * stride..<(frames.upperBound - 1) * stride + taps)
            workspace.measure(.convolution(layer)) { convolve(x, into: y.rows(frames), workspace) }
        }
        return y
    }

    private func convolve(_ x: Matrix, into y: Matrix, _ workspace: Workspace) {
        let finish = Finish(bias: bias, throughGELU: norm == nil)
        switch filter {
        case .minimal(let filter): filter.apply(to: x, into: y, finish, workspace)
        case .direct(let weights):
            multiply(
                x.windows(width: taps, step: stride), weights, into: y, bias: finish.bias,
                throughGELU: finish.throughGELU, workspace.scratch)
        }
        guard let norm else { return }
        norm.apply(to: y, into: y)
        applyGELU(to: y)
    }
}
