import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct FoldFileErrorTests {
    @Test func aWrongPartNamesItsLine() {
        expectDiagnosis(
            """
            the list of folds cannot be used
              where:    mine.csv, line 7
              found:    part "tset"
              expected: train, validation, test or nothing
              try:      correct the file; README.md shows one
            """, exit: .badData
        ) { throw FoldFileError.part(path: "mine.csv", line: 7, found: "tset") }
    }

    @Test(arguments: [
        (FoldFileError.foldName(path: "a", line: 2, found: "all"), "fold \"all\""),
        (.severalCells(path: "a", cells: ["x", "y"]), "2 cells: x, y"),
    ])
    func everyOtherFaultSaysWhatItFound(error: FoldFileError, found: String) {
        #expect(error.diagnosis.found == found)
        #expect(error.diagnosis.expected != nil)
        #expect(error.diagnosis.exit == .badData)
    }
}
