import Randomness
import Testing

@testable import Evaluation

@Suite struct ScoreReplicatesTests {
    @Test func areTheScoresOfTheMatricesOfTheSpeakersDrawn() {
        for seed in 0..<300 {
            var random = SeededGenerator(seed: UInt64(seed), purpose: "replicates")
            let classes = 2 + random.below(7)
            let speakers = (0..<(2 + random.below(6))).map { _ in
                let labels = (0..<(1 + random.below(20))).map { _ in random.below(classes) }
                return ConfusionMatrix(
                    labels: labels, predictions: labels.map { _ in random.below(classes) }, classes: classes)
            }
            let draws = (0..<5).map { _ in speakers.map { _ in random.below(speakers.count) } }
            let replicates = ScoreReplicates(of: speakers, drawing: SpeakerDraws(draws))
            let scores = draws.map { drawn in
                Scores(drawn.map { speakers[$0] }.reduce(ConfusionMatrix(classes: classes), +))
            }
            #expect(replicates.uar == scores.map(\.uar))
            #expect(replicates.accuracy == scores.map(\.accuracy))
            #expect(replicates.macroF1 == scores.map(\.macroF1))
        }
    }

    @Test func drawsOfAnotherNumberOfSpeakersTrap() async {
        await #expect(processExitsWith: .failure) {
            let one = ConfusionMatrix(labels: [0], predictions: [0], classes: 2)
            _ = ScoreReplicates(of: [one, one], drawing: SpeakerDraws([[0, 0, 0]]))
        }
    }

    @Test func aSpeakerWithoutClipsTraps() async {
        await #expect(processExitsWith: .failure) {
            let one = ConfusionMatrix(labels: [0], predictions: [0], classes: 2)
            _ = ScoreReplicates(of: [one, ConfusionMatrix(classes: 2)], drawing: SpeakerDraws([[0, 0]]))
        }
    }
}
