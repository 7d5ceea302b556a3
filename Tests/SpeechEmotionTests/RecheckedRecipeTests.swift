import FeatureStore
import Testing

@testable import SpeechEmotion

@Suite struct RecheckedRecipeTests {
    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func aValueThatIsNoNumberIsAnInfiniteDifferenceOnEitherSideAndOnBoth(_ value: Float) {
        for set in ["avx2", "avx512"] {
            for (stored, computed) in [(value, 2), (2, value), (value, value)] {
                let found = difference([1, stored, 3], on: set, from: [1, computed, 3])
                #expect(found.largest == .infinity && found.isDamage, "\(stored) on \(set), \(computed)")
                #expect(found.words == "NaN or infinity in it, or in what its encoder gives")
            }
        }
    }

    @Test func onOneInstructionSetAnyDifferenceIsDamageAndOnAnotherMoreThanRounding() {
        #expect(!difference([1, 2, 300], on: "avx2", from: [1, 2, 300]).isDamage)
        #expect(difference([1, 2, 300], on: "avx2", from: [1, 2.0001, 300]).isDamage)
        #expect(!difference([1, 2, 300], on: "avx512", from: [1, 2.0001, 300]).isDamage)
        let found = difference([1, 2, 300], on: "avx512", from: [1, 2.5, 300])
        #expect(found.isDamage && found.largest == 0.5 && found.words == "0.5 from what its encoder gives")
    }

    @Test func anotherShapeIsDamageWhateverTheValues() {
        for set in ["avx2", "avx512"] {
            let found = difference([1, 2], on: set, from: [1, 2, 3])
            #expect(found.isDamage && found.words == "of another shape than what its encoder gives")
        }
    }

    @Test func whatIsOfAnotherShapeIsToldAndMadeAgainWithWhatDiffers() {
        var recipe = RecheckedRecipe(recipe: Digest.of(["recipe"]), rows: 9)
        recipe.encoder = "models/tiny"
        recipe.differences = [
            difference([1], on: "avx2", from: [1]), difference([.nan], on: "avx2", from: [1], of: "spoilt"),
        ]
        #expect(recipe.text.hasSuffix(": 2 of 9 computed again by models/tiny, largest difference inf in spoilt"))
        #expect(recipe.unfit == [Digest.of(["spoilt"])])
        recipe.misshapen = [Digest.of(["odd"])]
        #expect(recipe.text.hasSuffix("inf in spoilt; 1 of another shape than what it gives"))
        #expect(recipe.unfit == [Digest.of(["odd"]), Digest.of(["spoilt"])])
    }

    /// How far values stored on an instruction set are from values that were computed with AVX2.
    private func difference(
        _ stored: [Float], on instructionSet: String, from computed: [Float], of name: String = "a.wav"
    ) -> EmbeddingDifference {
        func embedding(_ values: [Float], _ instructionSet: String) -> Embedding {
            Embedding(layers: 1, hidden: values.count, frames: 5, values: values, instructionSet: instructionSet)
        }
        return EmbeddingDifference(
            Digest.of([name]), name: name, stored: embedding(stored, instructionSet),
            computed: embedding(computed, "avx2"))
    }
}
