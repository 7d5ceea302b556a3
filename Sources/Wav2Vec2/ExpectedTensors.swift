/// A tensor that a checkpoint of some configuration holds: its name in transformers' modules and its shape.
struct ExpectedTensor: Equatable {
    let name: String
    let shape: [Int]
    /// Whether a checkpoint may lack it, because inference does not read it.
    var isOptional = false
}

extension EncoderConfiguration {
    /// Every tensor of the encoder, under the names that transformers 5.23 gives them without the model's prefix.
    var expectedTensors: [ExpectedTensor] {
        [ExpectedTensor(name: TensorName.maskEmbedding, shape: [hiddenSize], isOptional: true)]
            + convolutionChannels.indices.flatMap(featureEncoderTensors)
            + featureProjectionTensors + positionalTensors
            + norm("encoder.layer_norm", hiddenSize)
            + (0..<layers).flatMap(transformerTensors)
    }

    private func featureEncoderTensors(_ layer: Int) -> [ExpectedTensor] {
        let name = TensorName.convolution(layer)
        let (outputs, taps) = (convolutionChannels[layer], convolutionTaps[layer])
        let inputs = layer == 0 ? 1 : convolutionChannels[layer - 1]
        let isNormalized = featureNormalization == .layer || layer == 0
        return [ExpectedTensor(name: "\(name).conv.weight", shape: [outputs, inputs, taps])]
            + (convolutionBias ? [ExpectedTensor(name: "\(name).conv.bias", shape: [outputs])] : [])
            + (isNormalized ? norm("\(name).layer_norm", outputs) : [])
    }

    private var featureProjectionTensors: [ExpectedTensor] {
        let features = convolutionChannels.last ?? 1
        return (normalizesFeatures ? norm("feature_projection.layer_norm", features) : [])
            + linear("feature_projection.projection", outputs: hiddenSize, inputs: features)
    }

    private var positionalTensors: [ExpectedTensor] {
        [
            ExpectedTensor(name: TensorName.positionalBias, shape: [hiddenSize]),
            ExpectedTensor(name: TensorName.positionalGain, shape: [1, 1, positionalTaps]),
            ExpectedTensor(
                name: TensorName.positionalDirection,
                shape: [hiddenSize, hiddenSize / positionalGroups, positionalTaps]),
        ]
    }

    private func transformerTensors(_ layer: Int) -> [ExpectedTensor] {
        let name = TensorName.transformerLayer(layer)
        let projections = ["k_proj", "v_proj", "q_proj", "out_proj"].flatMap {
            linear("\(name).attention.\($0)", outputs: hiddenSize, inputs: hiddenSize)
        }
        return projections + norm("\(name).layer_norm", hiddenSize)
            + linear("\(name).feed_forward.intermediate_dense", outputs: intermediateSize, inputs: hiddenSize)
            + linear("\(name).feed_forward.output_dense", outputs: hiddenSize, inputs: intermediateSize)
            + norm("\(name).final_layer_norm", hiddenSize)
    }

    private func linear(_ name: String, outputs: Int, inputs: Int) -> [ExpectedTensor] {
        [
            ExpectedTensor(name: "\(name).weight", shape: [outputs, inputs]),
            ExpectedTensor(name: "\(name).bias", shape: [outputs]),
        ]
    }

    private func norm(_ name: String, _ count: Int) -> [ExpectedTensor] {
        [ExpectedTensor(name: "\(name).weight", shape: [count]), ExpectedTensor(name: "\(name).bias", shape: [count])]
    }
}

/// The names that more than one file needs.
enum TensorName {
    static let maskEmbedding = "masked_spec_embed"
    static let positionalBias = "encoder.pos_conv_embed.conv.bias"
    static let positionalGain = "encoder.pos_conv_embed.conv.parametrizations.weight.original0"
    static let positionalDirection = "encoder.pos_conv_embed.conv.parametrizations.weight.original1"

    static func convolution(_ layer: Int) -> String { "feature_extractor.conv_layers.\(layer)" }
    static func transformerLayer(_ layer: Int) -> String { "encoder.layers.\(layer)" }
}
