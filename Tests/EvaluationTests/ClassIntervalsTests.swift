import Randomness
import TestSupport
import Testing

@testable import Evaluation

@Suite struct ClassIntervalsTests {
    @Test func areThoseOfTheScoresOfTheSpeakersDrawn() {
        for seed in 0..<100 {
            var random = SeededGenerator(seed: UInt64(seed), purpose: "class intervals")
            let classes = 1 + random.below(8)
            let speakers = (0..<(2 + random.below(5))).map { _ in
                let labels = (0..<(1 + random.below(6))).map { _ in random.below(classes) }
                return ConfusionMatrix(
                    labels: labels, predictions: labels.map { _ in random.below(classes) }, classes: classes)
            }
            let draws = (0..<30).map { _ in speakers.map { _ in random.below(speakers.count) } }
            let bootstrap = SpeakerBootstrap(draws: 30, confidence: 0.8, seed: 0)
            #expect(
                bootstrap.classIntervals(of: speakers, drawing: SpeakerDraws(draws))
                    == naiveClassIntervals(of: speakers, draws: draws, confidence: 0.8))
        }
    }

    @Test func drawsWithoutTheClassSayNothingOfItsRecall() {
        let withBoth = ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classes: 2)
        let withoutSecond = ConfusionMatrix(labels: [0], predictions: [0], classes: 2)
        let drawing = SpeakerDraws([[0, 0], [1, 1], [1, 1], [0, 1]])
        let intervals = SpeakerBootstrap(draws: 4, confidence: 0.98, seed: 0)
            .classIntervals(of: [withBoth, withoutSecond], drawing: drawing)
        #expect(intervals[1].recall == Interval(low: 1, high: 1))
        #expect(intervals[1].f1 == Interval(low: 1, high: 1))
        #expect(intervals[1].precision.low == 0)
    }

    @Test func aClassThatNeverOccursHasNoRecall() {
        let one = ConfusionMatrix(labels: [0, 0], predictions: [0, 1], classes: 3)
        let intervals = SpeakerBootstrap(draws: 2, seed: 0)
            .classIntervals(of: [one, one], drawing: SpeakerDraws([[0, 1], [1, 1]]))
        #expect(intervals[0].recall == Interval(low: 0.5, high: 0.5))
        #expect(intervals[1] == ClassIntervals(recall: nil, precision: zero, f1: zero))
        #expect(intervals[2] == ClassIntervals(recall: nil, precision: zero, f1: nil))
    }

    @Test func drawsOfAnotherNumberOfSpeakersTrap() async {
        await #expect(processExitsWith: .failure) {
            let one = ConfusionMatrix(labels: [0], predictions: [0], classes: 2)
            _ = SpeakerBootstrap(seed: 0).classIntervals(of: [one, one], drawing: SpeakerDraws([[0, 0, 0]]))
        }
    }

    private let zero = Interval(low: 0, high: 0)
}

/// The intervals from whole matrices, draw by draw and class by class.
private func naiveClassIntervals(
    of speakers: [ConfusionMatrix], draws: [[Int]], confidence: Double
) -> [ClassIntervals] {
    let pooled = draws.map { $0.map { speakers[$0] }.reduce(ConfusionMatrix(classes: speakers[0].classes), +) }
    return (0..<speakers[0].classes).map { index in
        let spoken = pooled.filter { $0.support(of: index) > 0 }
        let occurring = pooled.filter { $0.support(of: index) + $0.predictions(of: index) > 0 }
        func interval(_ matrices: [ConfusionMatrix], _ score: KeyPath<ClassScores, Double>) -> Interval? {
            let values = matrices.map { Scores($0).perClass[index][keyPath: score] }
            return values.isEmpty ? nil : Interval(holding: confidence, of: values)
        }
        return ClassIntervals(
            recall: interval(spoken, \.recall),
            precision: Interval(holding: confidence, of: pooled.map { Scores($0).perClass[index].precision }),
            f1: interval(occurring, \.f1))
    }
}
