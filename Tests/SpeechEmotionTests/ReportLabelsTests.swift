import Evaluation
import Testing

@testable import SpeechEmotion

@Suite struct ReportLabelsTests {
    private let classes = ["neutral", "calm", "happy"]

    @Test func probabilitiesOfMergedClassesAddUpAndMayChangeTheAnswer() throws {
        let labels = try ReportLabels(merging: ["calm": "neutral"]).relabelling(of: classes)
        #expect(labels.classes == ["neutral", "happy"])
        #expect(labels.probabilities([0.25, 0.25, 0.5]) == [0.5, 0.5])
        #expect(predictedClass(of: labels.probabilities([0.3125, 0.3125, 0.375])) == 0)
        #expect((0..<3).map(labels.label) == [0, 0, 1])
        #expect(labels.words(after: "") == "calm as neutral, merged in the report")
        #expect(
            labels.words(after: "happy and sad kept") == "happy and sad kept; calm as neutral, merged in the report")
    }

    @Test func withoutAMergerEverythingStays() throws {
        let labels = try ReportLabels().relabelling(of: classes)
        #expect(labels.classes == classes && labels.words(after: "own") == "own")
        #expect(labels.probabilities([0.2, 0.3, 0.5]) == [0.2, 0.3, 0.5])
    }

    @Test func aClassThatACellLacksIsNoHindrance() throws {
        let labels = try ReportLabels(merging: ["calm": "neutral"]).relabelling(of: ["neutral", "happy"])
        #expect(labels.classes == ["neutral", "happy"])
    }
}
