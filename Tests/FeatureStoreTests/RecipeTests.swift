import Testing

@testable import FeatureStore

@Suite struct RecipeTests {
    @Test func theDigestIsThatOfTheSortedFields() {
        // Digest.of(["recipe", "encoder", "abc", "rate", "16000"])
        #expect(recipe.digest.hex == "a647d1a8bb632aacce39dbb9be3f33399020a8be2cca1c35955dd89430c8cbf1")
        #expect(Recipe(fields: ["rate": "16000", "encoder": "abc"]).digest == recipe.digest)
    }

    @Test func anyOtherFieldOrValueMakesAnotherDigest() {
        let others = [
            [:], ["encoder": "abc"], ["encoder": "abd", "rate": "16000"], ["encoderabc": "", "rate": "16000"],
        ]
        #expect(Set(others.map { Recipe(fields: $0).digest } + [recipe.digest]).count == 5)
    }

    @Test func canonicalJSONIsSortedAndReadsBack() throws {
        let odd = Recipe(fields: ["b": "a/\"ö\"", "a": "1"])
        #expect(try odd.canonicalJSON == #"{"a":"1","b":"a/\"ö\""}"#)
        #expect(try Recipe(canonicalJSON: odd.canonicalJSON) == odd)
    }
}
