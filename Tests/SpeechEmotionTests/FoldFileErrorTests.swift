import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct FoldFileErrorTests {
    @Test func anUnreadableFileIsMissingInput() {
        expectDiagnosis(
            """
            cannot read the list of folds
              where:    mine.csv
              found:    no such file
              expected: a CSV file with the columns fold, clip (or speaker) and part
              try:      ls -l mine.csv
            """, exit: .missingInput
        ) { throw FoldFileError.unreadable(path: "mine.csv", .absent) }
    }

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

    @Test func missingColumnsAreListed() {
        expectDiagnosis(
            """
            the list of folds cannot be used
              where:    mine.csv
              found:    file, split
              expected: the columns fold, clip (or speaker) and part
              try:      correct the file; README.md shows one
            """, exit: .badData
        ) { throw FoldFileError.columns(path: "mine.csv", found: ["file", "split"]) }
    }

    @Test(arguments: [
        (FoldFileError.notUTF8(path: "a"), "bytes that are no UTF-8"),
        (.quoting(path: "a", line: 3), "a quoted field that does not end where it should"),
        (.fieldCount(path: "a", line: 3, found: 2, expected: 3), "2 fields"),
        (.empty(path: "a"), "a header alone"), (.foldName(path: "a", line: 2, found: "1/5"), "fold \"1/5\""),
        (.severalCells(path: "a", cells: ["x", "y"]), "2 cells: x, y"),
    ])
    func everyOtherFaultSaysWhatItFound(error: FoldFileError, found: String) {
        #expect(error.diagnosis.found == found)
        #expect(error.diagnosis.expected != nil)
        #expect(error.diagnosis.exit == .badData)
    }
}
