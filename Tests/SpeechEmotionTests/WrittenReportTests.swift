import Testing

@testable import SpeechEmotion

@Suite struct WrittenReportTests {
    @Test func whatIsWrittenReadsBack() {
        let report = WrittenReport(
            key: "abc", files: [.init(name: "report.md", digest: "12"), .init(name: "with space.svg", digest: "34")])
        #expect(WrittenReport(report.text) == report)
        #expect(WrittenReport("abc") == WrittenReport(key: "abc", files: []))
    }

    @Test(arguments: [
        "", "abc\n12", "abc def\n12 report.md", "abc\n12 ../../notes.md", "abc\n12 report.md\n34 /home/me/notes.md",
        "abc\n12 .hidden.md", "abc\n12 folder", "abc\n12 sub/report.md", "abc\n12 ..",
    ]) func anythingElseIsNoReport(_ text: String) {
        #expect(WrittenReport(text) == nil)
    }
}
