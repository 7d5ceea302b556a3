import FeatureStore
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct CSVListTests {
    @Test func anUnreadableFileIsMissingInput() {
        expectDiagnosis(
            """
            cannot read the list of folds
              where:    mine.csv
              found:    no such file
              expected: a CSV file with the columns fold, clip (or speaker) and part
              try:      ls -l mine.csv
            """, exit: .missingInput
        ) { throw CSVListError.unreadable(.folds, path: "mine.csv", .absent) }
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
        ) { throw CSVListError.columns(.folds, path: "mine.csv", found: ["file", "split"]) }
    }

    @Test(arguments: [
        (CSVListError.notUTF8(.folds, path: "a"), "bytes that are no UTF-8"),
        (.quoting(.folds, path: "a", line: 3), "a quoted field that does not end where it should"),
        (.fieldCount(.folds, path: "a", line: 3, found: 2, expected: 3), "2 fields"),
        (.empty(.folds, path: "a"), "a header alone"),
    ])
    func everyOtherFaultSaysWhatItFound(error: CSVListError, found: String) {
        #expect(error.diagnosis.found == found)
        #expect(error.diagnosis.expected != nil)
        #expect(error.diagnosis.exit == .badData)
    }

    @Test func aListIsReadWithItsDigest() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("list.csv")
            try Data("fold,clip\r\n1,\"a, b.wav\"\n".utf8).write(to: file)
            let list = try CSVList(.folds, at: file.path)
            #expect(list.table.rows.map(\.fields) == [["1", "a, b.wav"]])
            #expect(try list.column("clip") == 1)
            #expect(try list.column("speaker") == nil)
            #expect(list.digest == Digest(hashing: try Data(contentsOf: file)))
        }
    }

    @Test(arguments: [
        ("fold,clip\n1\n", CSVListError.fieldCount(.folds, path: "", line: 2, found: 1, expected: 2)),
        ("fold,clip\n", .empty(.folds, path: "")), ("fold,clip\n1,\"a\n", .quoting(.folds, path: "", line: 2)),
    ])
    func aTextThatIsNoListIsRefused(text: String, error: CSVListError) throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("list.csv")
            try Data(text.utf8).write(to: file)
            let thrown = #expect(throws: CSVListError.self) { try CSVList(.folds, at: file.path) }
            #expect(thrown?.diagnosis.found == error.diagnosis.found)
        }
    }
}
