import Reports
import Testing

@testable import SpeechEmotion

@Suite struct ReportReadErrorTests {
    @Test(arguments: [
        (ComparisonFault.classes(["a"], ["b", "c"]), "classes a and b, c"),
        (.noCommonClip, "no clip that both were tested on"),
        (.label(clip: "c.wav", "x", "y"), "c.wav is x in one and y in the other"),
        (.speaker(clip: "c.wav", "1", "2"), "c.wav is of speaker 1 in one and 2 in the other"),
        (.testedTwice(clip: "c.wav"), "c.wav is tested in several folds, and the folds are not the same"),
    ]) func aFaultIsPutIntoWords(_ fault: ComparisonFault, _ words: String) {
        let diagnosis = ReportReadError.incomparable(first: "a/1", second: "b/2", fault).diagnosis
        #expect(diagnosis.found == words && diagnosis.place == "a/1 and b/2" && diagnosis.exit == .badData)
    }

    @Test func ofManyCellsTheFirstAreNamed() {
        let known = (0..<20).map { "c\($0)" }
        let diagnosis = ReportReadError.unknownCell(path: "reports/x", cell: "y", known: known).diagnosis
        #expect(diagnosis.expected?.hasPrefix("one of its 20 cells: c0, c1,") == true)
        #expect(diagnosis.expected?.hasSuffix("c11, …") == true)
    }
}
