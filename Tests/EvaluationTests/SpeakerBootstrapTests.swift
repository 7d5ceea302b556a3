import Foundation
import Randomness
import TestSupport
import Testing

@testable import Evaluation

@Suite struct SpeakerBootstrapTests {
    @Test func replicatesAndIntervalsEqualNumPysForTheSameDraws() throws {
        let cases = try JSONDecoder().decode(
            [BootstrapCase].self, from: Data(contentsOf: fixture("evaluation/bootstrap.json")))
        let bootstrap = SpeakerBootstrap(seed: 0)
        for expected in cases {
            let replicates = bootstrap.replicates(of: expected.matrices, drawing: expected.draws)
            #expect(distance(replicates.map(\.accuracy), expected.replicates.map(\.accuracy)) <= 1e-12)
            #expect(distance(replicates.map(\.uar), expected.replicates.map(\.uar)) <= 1e-12)
            #expect(distance(replicates.map(\.macroF1), expected.replicates.map(\.macroF1)) <= 1e-12)
            let intervals = bootstrap.intervals(of: expected.matrices, drawing: expected.draws)
            #expect(distance(intervals.accuracy.ends, expected.intervals.accuracy) <= 1e-12)
            #expect(distance(intervals.uar.ends, expected.intervals.uar) <= 1e-12)
            #expect(distance(intervals.macroF1.ends, expected.intervals.macroF1) <= 1e-12)
        }
    }

    @Test func theSameSeedGivesTheSameIntervals() {
        let speakers = simulatedSpeakers(seed: 1)
        let first = SpeakerBootstrap(draws: 500, seed: 7).intervals(of: speakers)
        #expect(first == SpeakerBootstrap(draws: 500, seed: 7).intervals(of: speakers))
        #expect(first != SpeakerBootstrap(draws: 500, seed: 8).intervals(of: speakers))
    }

    @Test func fewerThanTwoSpeakersHaveNoInterval() {
        let one = ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classes: 2)
        let bootstrap = SpeakerBootstrap(seed: 0)
        #expect(bootstrap.intervals(of: []) == nil)
        #expect(bootstrap.intervals(of: [one]) == nil)
        #expect(bootstrap.intervals(of: [one, ConfusionMatrix(classes: 2)]) == nil)
        #expect(bootstrap.intervals(of: [one, one]) != nil)
    }

    @Test func intervalsHoldTheTrueAccuracyAboutAsOftenAsTheySay() throws {
        let corpora = 300
        let bootstrap = SpeakerBootstrap(draws: 600, seed: 3)
        let held = try (0..<corpora).filter { seed in
            let interval = try #require(bootstrap.intervals(of: simulatedSpeakers(seed: UInt64(seed)))).accuracy
            return interval.low <= trueAccuracy && trueAccuracy <= interval.high
        }
        // A percentile interval over 24 clusters is known to hold slightly too seldom.
        let share = Double(held.count) / Double(corpora)
        #expect(share >= 0.89 && share <= 0.98, "\(share)")
    }
}

/// The chance that a speaker's clip is answered rightly, over all speakers.
private let trueAccuracy = 0.6

/// 24 speakers of 60 clips whose own accuracy lies evenly between 0.3 and 0.9.
private func simulatedSpeakers(seed: UInt64, classes: Int = 2) -> [ConfusionMatrix] {
    var random = SeededGenerator(seed: seed, purpose: "simulated speakers")
    return (0..<24).map { _ in
        let accuracy = trueAccuracy + 0.6 * (random.uniform() - 0.5)
        let labels = (0..<60).map { $0 % classes }
        let predictions = labels.map { random.uniform() < accuracy ? $0 : ($0 + 1) % classes }
        return ConfusionMatrix(labels: labels, predictions: predictions, classes: classes)
    }
}

extension Interval {
    fileprivate var ends: [Double] { [low, high] }
}

private struct BootstrapCase: Decodable {
    struct Replicate: Decodable { let accuracy, uar, macroF1: Double }
    struct Intervals: Decodable { let accuracy, uar, macroF1: [Double] }

    let classes: Int
    let speakers: [[Int]]
    let draws: [[Int]]
    let replicates: [Replicate]
    let intervals: Intervals

    var matrices: [ConfusionMatrix] {
        speakers.map { counts in
            var matrix = ConfusionMatrix(classes: classes)
            for (index, count) in counts.enumerated() {
                for _ in 0..<count { matrix.add(label: index / classes, predicted: index % classes) }
            }
            return matrix
        }
    }
}
