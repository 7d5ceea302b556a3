import Foundation
import Reports
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct ReportFolderTests {
    @Test func textsAreAppendedAndStandThereOnlyWhenAllIsDone() throws {
        try withTemporaryDirectory { directory in
            let folder = try ReportFolder(directory)
            for text in ["one\n", "two\n"] { try folder.append(RenderedText(file: "a.csv", text: text)) }
            let place = directory.appendingPathComponent("a.csv")
            #expect(!FileManager.default.fileExists(atPath: place.path))
            #expect(try folder.finish() == ["a.csv"])
            #expect(try String(contentsOf: place, encoding: .utf8) == "one\ntwo\n")
        }
    }

    @Test func anUnfinishedReportLeavesNothingBehind() throws {
        try withTemporaryDirectory { directory in
            do {
                let folder = try ReportFolder(directory)
                try folder.append(RenderedText(file: "a.csv", text: "one\n"))
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
        }
    }

    @Test func nothingButTheReportIsThereWhenItIsFinished() throws {
        try withTemporaryDirectory { directory in
            let folder = try ReportFolder(directory)
            try folder.append(RenderedText(file: "a.svg", text: "one\n"))
            _ = try folder.finish()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.svg"])
        }
    }
}
