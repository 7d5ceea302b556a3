import Foundation
import Kernels
import TestSupport
import Testing

@testable import Wav2Vec2

@Suite struct EncoderTests {
    static let variants = ["base", "pretraining-zip", "bias-legacy", "large", "hubert", "hubert-large"]

    @Test(arguments: variants) func everyHiddenStateIsThatOfTransformers(_ variant: String) throws {
        let expected = try expectedStates(of: variant)
        let encoder = try Encoder(directory: fixture("wav2vec2/\(variant)"))
        let samples = encoder.preprocessing.prepared(floatNoise(4800))
        let pooled = try encoder.pooledHiddenStates(of: samples, using: encoder.makeWorkspace())
        #expect(pooled.frames == 14)
        #expect(pooled.layers == expected.count)
        #expect(pooled.hidden == 16)
        for (layer, states) in expected.enumerated() {
            let found = Array(pooled.values[layer * pooled.hidden..<(layer + 1) * pooled.hidden])
            expectClose(found, to: states, absolute: 2e-5)
        }
    }

    @Test func whatAWorkspaceHeldBeforeDoesNotMatter() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        let workspace = encoder.makeWorkspace()
        let short = floatNoise(1200)
        let fresh = try encoder.pooledHiddenStates(of: short, using: encoder.makeWorkspace())
        _ = try encoder.pooledHiddenStates(of: floatNoise(30_000), using: workspace)
        let later = try encoder.pooledHiddenStates(of: short, using: workspace)
        #expect(later == fresh)
    }

    @Test func workersAtTheSameTimeGetTheSameBits() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/large"))
        let clips = (0..<12).map { floatNoise(2000 + 300 * $0) }
        let workspace = encoder.makeWorkspace()
        let alone = try clips.map { try encoder.pooledHiddenStates(of: $0, using: workspace) }
        let together = try concurrentMap(clips.count) {
            try encoder.pooledHiddenStates(of: clips[$0], using: encoder.makeWorkspace())
        }
        #expect(together == alone)
    }

    @Test func theShortestClipGivesOneFrame() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        #expect(encoder.minimumSamples == 400)
        let pooled = try encoder.pooledHiddenStates(of: floatNoise(400), using: encoder.makeWorkspace())
        #expect(pooled.frames == 1)
    }

    @Test func aShorterClipIsRefused() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        expectDiagnosis(
            """
            the clip is too short for the encoder
              found:    399 samples at the encoder's rate
              expected: at least 400, which give one frame
              try:      remove the clip, or record a longer one
            """, exit: .badData
        ) {
            try encoder.pooledHiddenStates(of: floatNoise(399), using: encoder.makeWorkspace())
        }
    }

    @Test func silenceGivesFiniteStates() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        let silence = encoder.preprocessing.prepared([Float](repeating: 0, count: 4000))
        let pooled = try encoder.pooledHiddenStates(of: silence, using: encoder.makeWorkspace())
        #expect(pooled.values.allSatisfy { $0.isFinite })
    }

    @Test func aSampleThatIsNotANumberShowsAtTheInput() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        var samples = floatNoise(4000)
        samples[2000] = .nan
        expectDiagnosis(Self.nonFinite("the transformer's input (layer 0)"), exit: .badData) {
            try encoder.pooledHiddenStates(of: samples, using: encoder.makeWorkspace())
        }
    }

    @Test func anOverflowIsNamedByTheLayerItAppearsIn() throws {
        let weight = "encoder.layers.1.feed_forward.output_dense.weight"
        try withTensors(edited: { tensors in
            let values = tensors[weight]?.values ?? []
            tensors[weight]?.values = values.map { $0 < 0 ? -3e38 : 3e38 }
        }) { directory in
            let encoder = try Encoder(directory: directory)
            expectDiagnosis(Self.nonFinite("layer 2"), exit: .badData) {
                try encoder.pooledHiddenStates(of: floatNoise(4000), using: encoder.makeWorkspace())
            }
        }
    }

    @Test func theInstructionSetIsThatOfTheKernels() throws {
        let encoder = try Encoder(directory: fixture("wav2vec2/base"))
        #expect(encoder.instructionSet == Kernels.instructionSet(at: .float32))
    }

    @Test func aDirectoryThatIsNotThereIsNamed() {
        expectDiagnosis(
            """
            a file of the encoder's checkpoint is missing
              where:    /nowhere/config.json
              expected: config.json, preprocessor_config.json and the weights in one directory
              try:      check the encoder's path, or download the file into it
            """, exit: .missingInput
        ) { try Encoder(directory: URL(fileURLWithPath: "/nowhere")) }
    }

    private static func nonFinite(_ place: String) -> String {
        """
        the encoder's arithmetic left the finite numbers
          found:    NaN or infinity first in \(place)
          expected: finite hidden states
          try:      check the clip's samples and the checkpoint's weights
        """
    }

    private func expectedStates(of variant: String) throws -> [[Double]] {
        let bytes = try Data(contentsOf: fixture("wav2vec2/expected.json"))
        return try #require(JSONDecoder().decode([String: [[Double]]].self, from: bytes)[variant])
    }
}
