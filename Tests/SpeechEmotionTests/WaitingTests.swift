import Testing

@testable import SpeechEmotion

@Suite struct WaitingTests {
    @Test func theFirstAnswerEndsIt() {
        var asked = 0
        let answer = waiting {
            asked += 1
            return asked == 3 ? "yes" : nil
        }
        #expect(answer == "yes" && asked == 3)
    }

    @Test func oneWhoHasWaitedForLongIsToldOnce() {
        var (asked, told) = (0, 0)
        waiting(patience: 0, tell: { told += 1 }) {
            asked += 1
            return asked == 4 ? () : nil
        }
        #expect(told == 1)
    }

    @Test func anErrorEndsIt() {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try waiting { () throws -> Int? in throw Stop() } }
    }
}
