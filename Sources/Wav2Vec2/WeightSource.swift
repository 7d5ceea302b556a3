import Checkpoints
import Kernels

/// A checkpoint's tensors under the names of ``EncoderConfiguration/expectedTensors``, checked to be exactly those.
///
/// Older checkpoints name the parts of the positional convolution's weight norm `weight_g` and `weight_v`; checkpoints
/// saved from a pre-training model put the model's type before every name and hold the quantizer and its projections
/// besides, which are known and not read.
struct WeightSource: Sendable {
    /// What the weights of matrix products are rounded to.
    let precision: Precision
    private let file: String
    private let tensors: [String: TensorView]

    /// Throws `EncoderError.weightsDoNotFit`, naming every tensor that is missing, of another shape, unknown or there
    /// under two names.
    init(_ checkpoint: Checkpoint, _ configuration: EncoderConfiguration, precision: Precision = .float32) throws {
        self.precision = precision
        file = checkpoint.file.relativePath
        var tensors: [String: TensorView] = [:]
        var misfits: [TensorMisfit] = []
        for (name, tensor) in checkpoint.tensors.sorted(by: { $0.key < $1.key }) where !Self.isPretrainingHead(name) {
            if let other = tensors.updateValue(tensor, forKey: Self.canonical(name, configuration.modelType)) {
                misfits.append(.repeated(name, other.name))
            }
        }
        self.tensors = tensors
        misfits += Self.misfits(of: tensors, configuration.expectedTensors)
        if !misfits.isEmpty { throw EncoderError.weightsDoNotFit(file: file, misfits) }
    }

    /// The numbers of one tensor; throws where one of them is infinite or not a number.
    func values(_ name: String) throws -> [Float] {
        let values = try tensor(name).floats()
        guard areFinite(values) else {
            let index = values.firstIndex { !$0.isFinite } ?? 0
            throw EncoderError.nonFiniteWeights(file: file, tensor: tensor(name).name, index: index)
        }
        return values
    }

    /// A tensor as a buffer.
    func buffer(_ name: String) throws -> FloatBuffer { FloatBuffer(try values(name)) }

    /// A fully connected layer.
    func linear(_ name: String) throws -> Linear {
        let shape = tensor("\(name).weight").shape
        return Linear(
            weights: PackedMatrix(
                linear: try values("\(name).weight"), outputs: shape[0], inputs: shape[1], precision: precision),
            bias: try buffer("\(name).bias"))
    }

    /// A layer normalisation.
    func layerNorm(_ name: String, epsilon: Double) throws -> LayerNorm {
        LayerNorm(gain: try buffer("\(name).weight"), bias: try buffer("\(name).bias"), epsilon: Float(epsilon))
    }

    private func tensor(_ name: String) -> TensorView {
        guard let tensor = tensors[name] else { preconditionFailure("\(name) is not a tensor of this encoder") }
        return tensor
    }

    private static func misfits(of tensors: [String: TensorView], _ expected: [ExpectedTensor]) -> [TensorMisfit] {
        let known = Dictionary(uniqueKeysWithValues: expected.map { ($0.name, $0) })
        let missing = expected.filter { !$0.isOptional && tensors[$0.name] == nil }
        let present = tensors.sorted { $0.key < $1.key }
        return missing.map { .missing($0.name, $0.shape) }
            + present.compactMap { name, tensor in
                guard let expected = known[name] else { return .unknown(tensor.name) }
                return expected.shape == tensor.shape
                    ? nil : .misshaped(tensor.name, found: tensor.shape, expected: expected.shape)
            }
    }

    private static func isPretrainingHead(_ name: String) -> Bool {
        ["quantizer.", "project_q.", "project_hid."].contains { name.hasPrefix($0) }
    }

    private static func canonical(_ name: String, _ modelType: EncoderConfiguration.ModelType) -> String {
        let prefix = "\(modelType.rawValue)."
        let bare = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        switch bare {
        case "encoder.pos_conv_embed.conv.weight_g": return TensorName.positionalGain
        case "encoder.pos_conv_embed.conv.weight_v": return TensorName.positionalDirection
        default: return bare
        }
    }
}
