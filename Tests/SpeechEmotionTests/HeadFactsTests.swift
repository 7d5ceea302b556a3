import Testing

@testable import SpeechEmotion

@Suite struct HeadFactsTests {
    private let facts = HeadFacts(
        encoder: "cache/encoders/wav2vec2-base", recipe: ["rate": "16000"], features: .weightedSum(.all),
        standardize: .train,
        pipeline: "seed",
        cell: "01234567", splitProtocol: "emobox-6fold", foldsDigest: "abc",
        fold: "fold-1", key: "def", origin: "unrecognised weights")

    @Test func factsReadBack() throws {
        #expect(try HeadFacts(facts.metadata, file: "head.safetensors") == facts)
    }

    @Test(arguments: ["encoder", "recipe", "layer", "standardize", "folds", "key"]) func aMissingFactIsNamed(
        fact: String
    ) {
        var metadata = facts.metadata
        metadata[fact] = nil
        #expect(throws: ModelError.headFact(file: "head.safetensors", fact: fact, found: nil)) {
            try HeadFacts(metadata, file: "head.safetensors")
        }
    }

    @Test(arguments: [
        ("layer", "twelve"), ("layer", "sum all"), ("layer", "average 1,x"), ("standardize", "perhaps"),
        ("recipe", "abc"),
    ]) func aSenselessFactIsNamed(
        fact: String, text: String
    ) {
        var metadata = facts.metadata
        metadata[fact] = text
        #expect(throws: ModelError.headFact(file: "head.safetensors", fact: fact, found: text)) {
            try HeadFacts(metadata, file: "head.safetensors")
        }
    }
}
