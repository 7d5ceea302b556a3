import Testing

@testable import SpeechEmotion

@Suite struct EncoderCautionTests {
    private func caution(_ origin: EncoderOrigin) -> String? {
        HeadFacts(
            encoder: "encoder", recipe: [:], features: .weightedSum(.all), standardize: .none, pipeline: "seed",
            cell: "01234567", splitProtocol: "emobox-6fold", foldsDigest: "abc", fold: "fold-1", key: "def",
            origin: origin.words
        ).caution(head: "my\nhead.safetensors")
    }

    @Test func anUntrainedEncoderIsTold() {
        #expect(
            caution(.untrained)
                == "note: my\\nhead.safetensors was trained on an encoder that is untrained: seeded random weights made by "
                + "Timbre; its answers say nothing about speech")
    }

    @Test func unrecognisedWeightsAreTold() {
        #expect(
            caution(.unrecognised)
                == "note: my\\nhead.safetensors was trained on unrecognised weights, of no published checkpoint that "
                + "Timbre knows")
    }

    @Test func aPublishedEncoderNeedsNone() {
        #expect(caution(.published(KnownEncoders.Identity(name: "base", revision: "1"))) == nil)
    }
}
