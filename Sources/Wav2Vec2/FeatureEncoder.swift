import Kernels

/// The convolutions that turn samples into frames: S samples → T×C.
///
/// transformers 5.23, `models/wav2vec2/modeling_wav2vec2.py`, `Wav2Vec2FeatureEncoder`; section 2 of Baevski et al.,
/// "wav2vec 2.0", arXiv:2006.11477. Frames are kept channel-last, so that the window a frame sees is one run of
/// numbers and each convolution is a matrix product.
struct FeatureEncoder: Sendable {
    private let first: SignalConvolution
    private let others: [FrameConvolution]

    init(_ source: WeightSource, _ configuration: EncoderConfiguration) throws {
        first = try SignalConvolution(source, configuration)
        others = try (1..<configuration.convolutionChannels.count).map {
            try FrameConvolution(source, configuration, layer: $0)
        }
    }

    /// S samples into T×C frames that live in the workspace.
    func frames(of samples: [Float], _ workspace: Workspace) -> Matrix {
        var frames = first.frames(of: samples, workspace)
        for (index, convolution) in others.enumerated() {
            frames = convolution.frames(
                of: frames, into: index.isMultiple(of: 2) ? .oddFeatures : .evenFeatures, workspace)
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

    /// S samples into T×C frames.
    func frames(of samples: [Float], _ workspace: Workspace) -> Matrix {
        let y = workspace.matrix(.evenFeatures, rows: window.count(in: samples.count), columns: weights.columns)
        switch normalization {
        case .group(let gain, let bias):
            let folded = folded(gain: gain, bias: bias, over: samples)
            convolve(samples, window, weights: folded.weights, bias: folded.bias, throughGELU: true, into: y)
        case .layer(let norm, let bias):
            convolve(samples, window, weights: weights, bias: bias, throughGELU: false, into: y)
            norm.apply(to: y, into: y)
            applyGELU(to: y)
        }
        return y
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

/// One of the further convolutions, from channels to channels.
///
/// `Wav2Vec2NoLayerNormConvLayer` or `Wav2Vec2LayerNormConvLayer`.
private struct FrameConvolution: Sendable {
    private let taps: Int
    private let stride: Int
    private let weights: PackedWeights
    private let bias: FloatBuffer?
    private let norm: LayerNorm?

    init(_ source: WeightSource, _ configuration: EncoderConfiguration, layer: Int) throws {
        let name = TensorName.convolution(layer)
        taps = configuration.convolutionTaps[layer]
        stride = configuration.convolutionStrides[layer]
        weights = PackedWeights(
            convolution: try source.values("\(name).conv.weight"), outputs: configuration.convolutionChannels[layer],
            inputs: configuration.convolutionChannels[layer - 1], taps: taps)
        bias = configuration.convolutionBias ? try source.buffer("\(name).conv.bias") : nil
        norm =
            configuration.featureNormalization == .layer
            ? try source.layerNorm("\(name).layer_norm", epsilon: featureEpsilon) : nil
    }

    /// T×C frames into fewer frames.
    func frames(of x: Matrix, into role: Workspace.Role, _ workspace: Workspace) -> Matrix {
        let windows = x.windows(width: taps, step: stride)
        let y = workspace.matrix(role, rows: windows.rows, columns: weights.outputs)
        multiply(windows, weights, into: y)
        guard let norm else {
            applyGELU(to: y, addingBias: bias)
            return y
        }
        if let bias { addBias(bias, to: y) }
        norm.apply(to: y, into: y)
        applyGELU(to: y)
        return y
    }
}
