import Synchronization
import Testing

@testable import SpeechEmotion

@Suite struct ConsoleTests {
    private final class Screen: Sendable {
        let text = Mutex("")
        func console(isLive: Bool) -> Console {
            Console(isLive: isLive) { piece in self.text.withLock { $0 += piece } }
        }
        var content: String { text.withLock { $0 } }
    }

    @Test func aLiveLineGivesWayToALineThatStays() {
        let screen = Screen()
        let console = screen.console(isLive: true)
        console.live("1 of 2")
        console.live("2 of 2")
        console.line("done")
        #expect(screen.content == "\r\u{1b}[K1 of 2\r\u{1b}[K2 of 2\r\u{1b}[Kdone\n")
    }

    @Test func elsewhereThanOnATerminalNothingIsRedrawn() {
        let screen = Screen()
        let console = screen.console(isLive: false)
        console.live("1 of 2")
        console.line("done")
        #expect(screen.content == "done\n")
    }

    @Test func aFileNameCannotSteerTheTerminal() {
        let screen = Screen()
        screen.console(isLive: true).line("clip \u{1b}[2J.wav")
        #expect(screen.content == "clip \\u{1b}[2J.wav\n")
    }

    @Test func aLiveLineIsTakenAwayOnce() {
        let screen = Screen()
        let console = screen.console(isLive: true)
        console.live("1 of 2")
        console.erase()
        console.erase()
        #expect(screen.content == "\r\u{1b}[K1 of 2\r\u{1b}[K")
    }

    @Test func anInterruptionIsTheLastLine() {
        let screen = Screen()
        let console = screen.console(isLive: true)
        console.live("1 of 2")
        console.interrupt("timbre check")
        console.line("clip 2")
        console.live("2 of 2")
        #expect(
            screen.content == "\r\u{1b}[K1 of 2\r\u{1b}[K"
                + "interrupted: `timbre check` did not finish; what was computed before is kept\n")
    }

    @Test func anInterruptionTellsOfTheStageAndOfWhatIsDone() {
        let screen = Screen()
        let console = screen.console(isLive: false)
        console.enter(stage: "clips")
        let progress = Progress("embedding", total: 3, of: "clip", done: "embedded", console: console)
        progress.advance()
        console.interrupt("timbre run")
        #expect(
            screen.content
                == "interrupted in stage \"clips\": 1 of 3 clips embedded and kept; the next `timbre run` goes on from there\n"
        )
    }
}
