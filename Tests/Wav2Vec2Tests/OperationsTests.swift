import Testing

@testable import Wav2Vec2

@Suite struct OperationsTests {
    /// One frame of a network small enough to count by hand.
    @Test func operationsAreTwoForEachMultiplication() {
        var configuration = EncoderConfiguration()
        configuration.convolutionChannels = [2, 3]
        configuration.convolutionTaps = [4, 2]
        configuration.convolutionStrides = [2, 2]
        configuration.hiddenSize = 6
        configuration.intermediateSize = 10
        configuration.layers = 2
        configuration.positionalTaps = 8
        configuration.positionalGroups = 3
        // Two frames of 4 · 1 · 2, one of 2 · 2 · 3, projection 3 · 6, position 8 · 2 · 6; a layer 4 · 36 + 2 · 60 + 2 · 6.
        let multiplications = 2 * 8 + 12 + 18 + 96 + 2 * (144 + 120 + 12)
        #expect(configuration.operations(samples: 6) == Double(2 * multiplications))
        #expect(configuration.operations(samples: 2) == 0)
    }
}
