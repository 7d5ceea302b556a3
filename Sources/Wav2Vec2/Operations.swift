extension EncoderConfiguration {
    /// The floating-point operations, two for each multiplication, of the matrix products and convolutions for a clip of that
    /// many samples as the network is written down.
    ///
    /// Minimal filtering makes fewer: see `MinimalFilter`.
    public func operations(samples: Int) -> Double {
        var (frames, channels, products) = (samples, 1, 0.0)
        for layer in convolutionChannels.indices {
            frames = max(0, (frames - convolutionTaps[layer]) / convolutionStrides[layer] + 1)
            products += Double(frames * convolutionTaps[layer] * channels * convolutionChannels[layer])
            channels = convolutionChannels[layer]
        }
        let position = positionalTaps * hiddenSize / positionalGroups
        let layer = hiddenSize * 4 * hiddenSize + 2 * hiddenSize * intermediateSize + 2 * frames * hiddenSize
        return 2 * (products + Double(frames * (channels + position) * hiddenSize) + Double(frames * layer * layers))
    }
}
