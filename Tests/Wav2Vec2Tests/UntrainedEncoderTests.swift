import Checkpoints
import Foundation
import TestSupport
import Testing
import Wav2Vec2

@Suite struct UntrainedEncoderTests {
    static let small: EncoderConfiguration = {
        var configuration = EncoderConfiguration.base
        configuration.hiddenSize = 32
        configuration.layers = 2
        configuration.heads = 4
        configuration.intermediateSize = 64
        configuration.convolutionChannels = [48, 48, 24]
        configuration.convolutionTaps = [10, 3, 2]
        configuration.convolutionStrides = [5, 2, 2]
        configuration.positionalTaps = 8
        configuration.positionalGroups = 4
        return configuration
    }()

    @Test func itLoadsLikeAnyOtherAndIsRecognised() throws {
        try withEncoder { directory in
            let encoder = try Encoder(directory: directory)
            #expect(encoder.configuration == Self.small)
            #expect(encoder.preprocessing == .base)
            #expect(UntrainedEncoder.isUntrained(directory: directory))
            #expect(!UntrainedEncoder.isUntrained(directory: fixture("wav2vec2/base")))
            #expect(!UntrainedEncoder.isUntrained(directory: directory.appendingPathComponent("nothing")))
        }
    }

    @Test func aSeedGivesTheSameBytesAndAnotherOneOthers() throws {
        let first = try withEncoder(seed: 1, bytes)
        let (again, other) = (try withEncoder(seed: 1, bytes), try withEncoder(seed: 2, bytes))
        #expect(again == first)
        #expect(other != first)
    }

    @Test func weightsAreDrawnAsTransformersDrawsThem() throws {
        try withEncoder { directory in
            let tensors = try Checkpoint(contentsOf: Checkpoint.weightsFile(in: directory)).tensors
            func deviation(_ name: String) throws -> Double {
                let values = try #require(tensors[name]).floats()
                return (values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
            }
            let convolution = try deviation("feature_extractor.conv_layers.1.conv.weight")
            expectClose([convolution], to: [(2 / 144.0).squareRoot()], absolute: 0, relative: 0.05)
            let linear = try deviation("encoder.layers.1.feed_forward.intermediate_dense.weight")
            expectClose([linear], to: [0.02], absolute: 0, relative: 0.05)
            let projection = try deviation("feature_projection.projection.weight")
            expectClose([projection], to: [1 / (3 * 24.0).squareRoot()], absolute: 0, relative: 0.05)
            let positional = try deviation("encoder.pos_conv_embed.conv.parametrizations.weight.original1")
            expectClose([positional], to: [1 / (3 * 64.0).squareRoot()], absolute: 0, relative: 0.05)
            let gain = try deviation("encoder.layers.0.layer_norm.weight")
            #expect(gain == 1)
            let bias = try deviation("encoder.layers.0.attention.k_proj.bias")
            #expect(bias == 0)
        }
    }

    @Test func theGainOfThePositionalWeightIsItsNorm() throws {
        try withEncoder { directory in
            let tensors = try Checkpoint(contentsOf: Checkpoint.weightsFile(in: directory)).tensors
            let name = "encoder.pos_conv_embed.conv.parametrizations.weight"
            let gain = try #require(tensors["\(name).original0"]).floats()
            let direction = try #require(tensors["\(name).original1"]).floats()
            let norms = (0..<8).map { tap in
                stride(from: tap, to: direction.count, by: 8).reduce(0.0) {
                    $0 + Double(direction[$1]) * Double(direction[$1])
                }.squareRoot()
            }
            expectClose(gain, to: norms, absolute: 0, relative: 1e-6)
        }
    }

    @Test func anEarlierOneIsReplaced() throws {
        try withEncoder(seed: 1) { directory in
            let first = try bytes(directory)
            try UntrainedEncoder.write(to: directory, seed: 2, configuration: Self.small)
            let second = try bytes(directory)
            #expect(second != first)
            let beside = try FileManager.default.contentsOfDirectory(atPath: directory.deletingLastPathComponent().path)
            #expect(beside == ["untrained"])
        }
    }

    @Test func anythingElseIsLeftAlone() throws {
        try withCheckpoint { directory in
            expectDiagnosis(
                """
                an untrained encoder would replace something else
                  where:    \(directory.path)
                  found:    a file or directory that is not an untrained encoder
                  try:      choose another place, or remove what stands there
                """, exit: .cannotCreate
            ) { try UntrainedEncoder.write(to: directory, seed: 1, configuration: Self.small) }
        }
    }

    @Test func aPlaceThatCannotBeMadeIsNamed() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("file")
            try Data().write(to: file)
            do {
                try UntrainedEncoder.write(
                    to: file.appendingPathComponent("encoder"), seed: 1, configuration: Self.small)
                Issue.record("nothing was thrown")
            } catch EncoderError.cannotWrite(let place, let reason) {
                expectDiagnosis(
                    """
                    cannot write the untrained encoder
                      where:    \(file.path)/encoder
                      found:    \(reason)
                      try:      choose a place in a directory that this user may write to
                    """, exit: .cannotCreate
                ) { throw EncoderError.cannotWrite(directory: place, reason: reason) }
            }
        }
    }

    private func withEncoder<Result>(seed: UInt64 = 1, _ body: (URL) throws -> Result) throws -> Result {
        try withTemporaryDirectory { parent in
            let directory = parent.appendingPathComponent("untrained")
            try UntrainedEncoder.write(to: directory, seed: seed, configuration: Self.small)
            return try body(directory)
        }
    }

    private func bytes(_ directory: URL) throws -> Data { try Data(contentsOf: Checkpoint.weightsFile(in: directory)) }
}
