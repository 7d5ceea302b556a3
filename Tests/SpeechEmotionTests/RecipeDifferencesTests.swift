import Testing

@testable import SpeechEmotion

@Suite struct RecipeDifferencesTests {
    private let recipe = ["encoder": "abc", "rate": "16000", "decoder": "libsndfile-1.2.0"]

    @Test func anotherReleaseOfTheDecoderIsNoDifference() {
        var other = recipe
        other["decoder"] = "libsndfile-1.2.2"
        #expect(RecipeDifferences(found: other, expected: recipe).isEmpty)
    }

    @Test func differingAndMissingFieldsAreNamedOnBothSides() {
        let differences = RecipeDifferences(
            found: ["encoder": "xyz", "rate": "16000"], expected: recipe.merging(["pooling": "mean"]) { $1 })
        #expect(!differences.isEmpty)
        #expect(differences.found == "encoder xyz\npooling nothing")
        #expect(differences.expected == "encoder abc\npooling mean")
    }
}
