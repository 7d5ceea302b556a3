import Evaluation
import Testing

@testable import SpeechEmotion

@Suite struct TwofoldAnswerTests {
    private let bootstrap = SpeakerBootstrap(draws: 200, seed: 1)

    @Test func theDifferenceIsTheStagesMinusTheOther() throws {
        let answers = [
            answer("ann", label: 0, own: 0, other: 1), answer("ann", label: 1, own: 1, other: 1),
            answer("bob", label: 0, own: 0, other: 0), answer("bob", label: 1, own: 0, other: 0),
        ]
        let uar = try #require(PairedComparison(of: answers, classes: 2, bootstrap: bootstrap)).uar
        // Recalls of 1 and 1/2 at the stage's, of 1/2 and 1/2 at the other.
        #expect(abs(uar.difference - 0.25) <= 1e-12)
        let interval = try #require(uar.interval)
        #expect(interval.low == 0 && interval.high == 0.5)
        #expect(answers.map(\.isSame) == [false, true, true, true])
    }

    @Test func oneSpeakerHasNoInterval() throws {
        let answers = [answer("ann", label: 0, own: 0, other: 1), answer("ann", label: 1, own: 1, other: 1)]
        let uar = try #require(PairedComparison(of: answers, classes: 2, bootstrap: bootstrap)).uar
        #expect(uar.difference == 0.5 && uar.interval == nil)
    }

    @Test func withoutAnswersThereIsNothingToCompare() {
        #expect(PairedComparison(of: [], classes: 2, bootstrap: bootstrap) == nil)
    }

    private func answer(_ speaker: String, label: Int, own: Int, other: Int) -> TwofoldAnswer {
        TwofoldAnswer(speaker: speaker, label: label, own: own, other: other)
    }
}
