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

    @Test func ofManyFieldsTheFirstAreNamed() {
        let many = Dictionary(uniqueKeysWithValues: (100..<200).map { ("k\($0)", "v") })
        let lines = RecipeDifferences(found: [:], expected: many).expected.split(separator: "\n")
        #expect(lines.count == 21 && lines[0] == "k100 v" && lines[20] == "and 80 more")
    }
}
