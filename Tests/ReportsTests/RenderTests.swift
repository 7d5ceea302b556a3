import Foundation
import Reports
import TestSupport
import Testing

/// Every file of a report compared with checked-in text.
///
/// After a change that is meant, run the tests once with `TIMBRE_RECORD=1`: the files are written anew, that run fails,
/// and the next one compares with what it wrote. Read the difference before committing it.
@Suite struct RenderTests {
    @Test(arguments: ReportCase.allCases) func writesWhatIsCheckedIn(_ reportCase: ReportCase) throws {
        let folder = fixture("reports/\(reportCase.rawValue)")
        let files = render(reportCase.report)
        if ProcessInfo.processInfo.environment["TIMBRE_RECORD"] == "1" {
            try record(files, in: folder)
            Issue.record(
                "recorded \(files.count) files in \(folder.lastPathComponent); run again without TIMBRE_RECORD")
            return
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == files.map(\.name).sorted())
        for file in files {
            let expected = try String(contentsOf: folder.appendingPathComponent(file.name), encoding: .utf8)
            #expect(file.text == expected, "\(file.name): \(firstDifference(file.text, expected))")
        }
    }

    @Test(arguments: ReportCase.allCases) func theSameValuesGiveTheSameBytes(_ reportCase: ReportCase) {
        #expect(render(reportCase.report) == render(reportCase.report))
    }

    private func record(_ files: [RenderedFile], in folder: URL) throws {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files {
            try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
        }
    }

    private func firstDifference(_ found: String, _ expected: String) -> String {
        let lines = zip(found.split(separator: "\n"), expected.split(separator: "\n"))
        guard let (number, pair) = lines.enumerated().first(where: { $1.0 != $1.1 }) else { return "other length" }
        return "line \(number + 1) is '\(pair.0)', expected '\(pair.1)'"
    }
}
