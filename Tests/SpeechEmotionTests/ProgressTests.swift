import Testing

@testable import SpeechEmotion

@Suite struct ProgressTests {
    @Test func theSummaryTellsWhatOthersHaveDone() {
        let progress = Progress("training", total: 4, of: "head", done: "trained", console: .silent)
        progress.advance()
        progress.find("copied from another pipeline")
        for _ in 0..<2 { progress.find("by another process") }
        let summary = progress.summary()
        #expect(summary.prefixMatch(of: /1 head in 0:\d\d[ ]{2}/) != nil, "\(summary)")
        #expect(summary.hasSuffix(" heads/s, 2 by another process, 1 copied from another pipeline"), "\(summary)")
    }
}
