import Checkpoints
import Foundation
import Randomness

/// The weights of a new encoder, drawn tensor by tensor.
///
/// transformers 5.23: `PreTrainedModel._init_weights` and `Wav2Vec2PreTrainedModel._init_weights`. Linear layers are
/// normal with deviation 0.02 and no bias, convolutions normal with √(2/fan-in) (He et al., arXiv:1502.01852), the
/// feature projection uniform in ±1/√inputs, norms 1 and 0. The positional convolution keeps `nn.Conv1d`'s own start,
/// uniform in ±1/√fan-in, because its weight is computed from g and v and what transformers draws for it is lost; g
/// is the norm of v.
struct InitialWeights {
    private let configuration: EncoderConfiguration
    private let seed: UInt64

    init(_ configuration: EncoderConfiguration, seed: UInt64) {
        self.configuration = configuration
        self.seed = seed
    }

    /// Every tensor of the encoder, its values drawn when they are asked for.
    var tensors: [TensorToWrite] {
        configuration.expectedTensors.map { tensor in
            TensorToWrite(name: tensor.name, shape: tensor.shape) { try values(of: tensor) }
        }
    }

    private func values(of tensor: ExpectedTensor) throws -> [Float] {
        let count = tensor.shape.reduce(1, *)
        if tensor.name == TensorName.positionalGain { return try positionalGain() }
        return switch distribution(of: tensor) {
        case .constant(let value): [Float](repeating: value, count: count)
        case .normal(let deviation): try draw(count, tensor.name) { $0.normals($1, deviation: deviation) }
        case .uniform(let low, let high): try draw(count, tensor.name) { $0.uniforms($1, low: low, high: high) }
        }
    }

    private enum Distribution {
        case constant(Float)
        case normal(deviation: Double)
        case uniform(Double, Double)
    }

    private func distribution(of tensor: ExpectedTensor) -> Distribution {
        let fanIn = Double(tensor.shape.dropFirst().reduce(1, *))
        let isBias = tensor.name.hasSuffix(".bias")
        switch tensor.name {
        case TensorName.maskEmbedding: return .uniform(0, 1)
        case TensorName.positionalDirection: return bounded(by: 1 / fanIn.squareRoot())
        case let name where name.contains("layer_norm"): return .constant(isBias ? 0 : 1)
        case let name where name.hasPrefix("feature_projection."):
            return bounded(by: 1 / Double(configuration.convolutionChannels.last ?? 1).squareRoot())
        case let name where name.hasPrefix("feature_extractor."):
            return isBias
                ? bounded(by: 1 / convolutionFanIn(name).squareRoot()) : .normal(deviation: (2 / fanIn).squareRoot())
        default: return isBias ? .constant(0) : .normal(deviation: 0.02)
        }
    }

    private func bounded(by limit: Double) -> Distribution { .uniform(-limit, limit) }

    /// Inputs times taps of the convolution that a bias belongs to.
    private func convolutionFanIn(_ bias: String) -> Double {
        let weight = bias.replacing(".bias", with: ".weight")
        let shape = configuration.expectedTensors.first { $0.name == weight }?.shape ?? []
        return Double(shape.dropFirst().reduce(1, *))
    }

    /// ‖v‖ of each tap.
    private func positionalGain() throws -> [Float] {
        guard let direction = configuration.expectedTensors.first(where: { $0.name == TensorName.positionalDirection })
        else {
            preconditionFailure("an encoder without a positional convolution")
        }
        let taps = configuration.positionalTaps
        var squares = [Double](repeating: 0, count: taps)
        for (index, value) in try values(of: direction).enumerated() {
            squares[index % taps] += Double(value) * Double(value)
        }
        return squares.map { Float($0.squareRoot()) }
    }

    /// Draws in pieces, each with a generator of its own, so that the cores share the work and their number does not
    /// show in the result.
    private func draw(
        _ count: Int, _ name: String, _ piece: @Sendable (inout SeededGenerator, Int) -> [Float]
    ) throws -> [Float] {
        let pieceSize = 1 << 16
        let pieces = try concurrentMap((count + pieceSize - 1) / pieceSize) { index in
            var generator = SeededGenerator(seed: seed, purpose: "untrained encoder, \(name), piece \(index)")
            return piece(&generator, min(pieceSize, count - index * pieceSize))
        }
        return Array(pieces.joined())
    }
}

extension SeededGenerator {
    fileprivate mutating func normals(_ count: Int, deviation: Double) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(count + 1)
        while values.count < count {
            let (first, second) = normalPair()
            values.append(Float(first * deviation))
            values.append(Float(second * deviation))
        }
        return Array(values.prefix(count))
    }

    fileprivate mutating func uniforms(_ count: Int, low: Double, high: Double) -> [Float] {
        (0..<count).map { _ in Float(low + (high - low) * uniform()) }
    }
}
