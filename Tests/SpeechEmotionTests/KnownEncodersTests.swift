import Testing

@testable import SpeechEmotion

@Suite struct KnownEncodersTests {
    @Test func thePublishedWeightsAreRecognised() {
        let digest = "3249fe98bfc62fcbc26067f724716a6ec49d12c4728a2af1df659013905dff21"
        #expect(KnownEncoders.identity(ofWeights: digest)?.name == "facebook/wav2vec2-base")
    }

    @Test func anyOtherWeightsAreNot() {
        #expect(KnownEncoders.identity(ofWeights: String(repeating: "0", count: 64)) == nil)
    }
}
