import Foundation
import Synchronization
import Testing

@testable import SpeechEmotion

@Suite struct ByteProgressTests {
    @Test func aBarShowsHowMuchIsThere() throws {
        let texts = Mutex<[String]>([])
        let console = Console(isLive: true) { text in texts.withLock { $0.append(text) } }
        let progress = ByteProgress("file.zip", total: 208_468_073, console: console)
        progress.advance(to: 52_000_000)
        Thread.sleep(forTimeInterval: 0.25)
        progress.advance(to: 104_300_000)
        let line = try #require(texts.withLock { $0.last })
        #expect(line.contains("file.zip  [##########..........]  104.3 MB of 208.5 MB"), "\(line)")
        #expect(line.hasSuffix(" left"), "\(line)")
        let summary = progress.summary()
        #expect(summary.hasPrefix("file.zip: 104.3 MB in 0:0"), "\(summary)")
        #expect(summary.hasSuffix("MB/s, 52.0 MB of them by an earlier run"), "\(summary)")
    }

    @Test func anInterruptionSaysWhatIsKept() {
        let lines = Lines()
        let console = lines.console
        let progress = ByteProgress("file.zip", total: 5_000_000, console: console)
        progress.advance(to: 1_500)
        console.interrupt("timbre fetch ravdess")
        let expected =
            "interrupted: 1.5 kB of 5.0 MB of file.zip downloaded and kept; the next `timbre fetch ravdess` goes on from there"
        #expect(lines.all == [expected])
        withExtendedLifetime(progress) {}
    }
}
