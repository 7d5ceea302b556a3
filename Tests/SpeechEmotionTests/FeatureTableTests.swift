import EmotionHead
import FeatureStore
import Testing

@testable import SpeechEmotion

@Suite struct FeatureTableTests {
    @Test func everySpeakerIsScaledByTheirOwnClipsOnly() {
        let scaled = table([1, 3, 10, 50], speakers: ["a", "a", "b", "b"]).standardizedBySpeaker()
        #expect(scaled.values == [-1, 1, -1, 1])
    }

    @Test func statesOfAMixtureAreScaledOneByOne() {
        let scaled = table([1, 100, 3, 300], speakers: ["a", "a"], states: 2).standardizedBySpeaker()
        #expect(scaled.values == [-1, -1, 1, 1])
        #expect(scaled.states == 2)
    }

    @Test func scalingByOthersKeepsShapeAndOrder() {
        let scaling = Standardization(of: [0, 2], inputs: 1)
        let scaled = table([1, 3], speakers: ["a", "b"]).scaled(by: scaling)
        #expect(scaled.values == [0, 2])
        #expect(scaled.speakers == ["a", "b"])
    }

    private func table(_ values: [Float], speakers: [String], states: Int = 1) -> FeatureTable {
        FeatureTable(
            speakers: speakers, digests: speakers.indices.map { Digest.of(["\($0)"]) },
            width: values.count / speakers.count / states, states: states, values: values)
    }
}
