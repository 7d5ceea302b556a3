import Testing

@testable import Evaluation

@Suite struct PairedComparisonTests {
    @Test func differencesAndIntervalsEqualNumPysForTheSameDraws() throws {
        let cases = try pairedFixture().comparisons
        #expect(cases.count == 3)
        for expected in cases {
            let (first, second) = (expected.result(\.first), expected.result(\.second))
            let found = PairedComparison(first: first, second: second)
            let replicates = try #require(first.replicates)
            let others = try #require(second.replicates)
            #expect(distance(differences(replicates, others, \.uar), expected.replicates.map(\.uar)) <= 1e-12)
            #expect(distance(differences(replicates, others, \.accuracy), expected.replicates.map(\.accuracy)) <= 1e-12)
            #expect(distance(differences(replicates, others, \.macroF1), expected.replicates.map(\.macroF1)) <= 1e-12)
            expect(found.uar, expected.difference.uar, expected.intervals.uar)
            expect(found.accuracy, expected.difference.accuracy, expected.intervals.accuracy)
            expect(found.macroF1, expected.difference.macroF1, expected.intervals.macroF1)
        }
    }

    @Test func theOtherWayRoundEverythingChangesSides() throws {
        let speakers = SimulatedSpeakers(seed: 5, gain: 0.04)
        let (first, second) = results(of: speakers, SpeakerBootstrap(draws: 300, seed: 1))
        let (there, back) = (
            PairedComparison(first: first, second: second), PairedComparison(first: second, second: first)
        )
        #expect(there.uar.difference == -back.uar.difference)
        #expect(there.mcnemar.onlyFirstRight == back.mcnemar.onlySecondRight)
        let (interval, mirrored) = (try #require(there.uar.interval), try #require(back.uar.interval))
        #expect(abs(interval.low + mirrored.high) <= 1e-12 && abs(interval.high + mirrored.low) <= 1e-12)
    }

    @Test func aResultDoesNotDifferFromItself() {
        let (result, _) = results(of: SimulatedSpeakers(seed: 5, gain: 0), SpeakerBootstrap(draws: 300, seed: 1))
        let none = PairedDifference(0, 0, replicates: ([0], [0]), confidence: 0.95)
        let comparison = PairedComparison(first: result, second: result)
        #expect(comparison.uar == none && comparison.accuracy == none && comparison.macroF1 == none)
        #expect(comparison.mcnemar == McNemar(onlyFirstRight: 0, onlySecondRight: 0))
    }

    @Test func withoutReplicatesThereAreDifferencesButNoIntervals() {
        let speakers = SimulatedSpeakers(seed: 5, gain: 0.04)
        let first = PairedResult(speakers: speakers.first, isRight: speakers.isFirstRight, replicates: nil)
        let second = PairedResult(speakers: speakers.second, isRight: speakers.isSecondRight, replicates: nil)
        let comparison = PairedComparison(first: first, second: second)
        #expect(comparison.uar.interval == nil && comparison.accuracy.interval == nil)
        #expect(comparison.uar.difference != 0)
    }

    @Test func intervalsHoldTheTrueDifferenceAboutAsOftenAsTheySay() throws {
        let found = try comparisons(gain: 0.04)
        let shares = try [\PairedComparison.uar, \.accuracy].map { score in
            try share(of: found) { try #require($0[keyPath: score].interval).holds(0.04) }
        }
        // Over 2,000 corpora of 500 draws they held the true difference of UA in 93.7 % and of WA in 93.4 % of them.
        #expect(shares.allSatisfy { (0.89...0.98).contains($0) }, "\(shares)")
    }

    @Test func intervalsSeldomExcludeNoDifferenceWhereThereIsNone() throws {
        let found = try comparisons(gain: 0)
        let shares = try [\PairedComparison.uar, \.accuracy].map { score in
            try share(of: found) { try !#require($0[keyPath: score].interval).holds(0) }
        }
        // Over 2,000 corpora of 500 draws they excluded it in 8.7 % (UA) and 8.4 % (WA) of them.
        #expect(shares.allSatisfy { (0.02...0.12).contains($0) }, "\(shares)")
    }

    @Test func resultsOnOtherClipsTrap() async {
        await #expect(processExitsWith: .failure) {
            let one = ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classes: 2)
            let other = ConfusionMatrix(labels: [0, 0], predictions: [0, 0], classes: 2)
            _ = PairedComparison(
                first: PairedResult(speakers: [one], isRight: [true, true], replicates: nil),
                second: PairedResult(speakers: [other], isRight: [true, true], replicates: nil))
        }
    }

    @Test func replicatesOfOtherDrawsTrap() async {
        await #expect(processExitsWith: .failure) {
            let speakers = SimulatedSpeakers(seed: 5, gain: 0)
            let (first, _) = results(of: speakers, SpeakerBootstrap(draws: 10, seed: 1))
            let (other, _) = results(of: speakers, SpeakerBootstrap(draws: 10, seed: 2))
            _ = PairedComparison(first: first, second: other)
        }
    }

    private func expect(_ found: PairedDifference, _ difference: Double, _ interval: [Double]) {
        #expect(abs(found.difference - difference) <= 1e-12)
        #expect(distance([found.interval?.low ?? .nan, found.interval?.high ?? .nan], interval) <= 1e-12)
    }

    private func differences(
        _ first: ScoreReplicates, _ second: ScoreReplicates, _ score: KeyPath<ScoreReplicates, [Double]>
    ) -> [Double] {
        zip(first[keyPath: score], second[keyPath: score]).map { $1 - $0 }
    }

    private func comparisons(gain: Double) throws -> [PairedComparison] {
        let bootstrap = SpeakerBootstrap(draws: 400, seed: 3)
        return (0..<500).map { seed in
            let (first, second) = results(of: SimulatedSpeakers(seed: UInt64(seed), gain: gain), bootstrap)
            return PairedComparison(first: first, second: second)
        }
    }

    private func share(of found: [PairedComparison], where holds: (PairedComparison) throws -> Bool) rethrows -> Double
    {
        Double(try found.count(where: holds)) / Double(found.count)
    }
}

/// Both results of the simulated speakers, with replicates of the same draws.
private func results(of speakers: SimulatedSpeakers, _ bootstrap: SpeakerBootstrap) -> (PairedResult, PairedResult) {
    let drawing = bootstrap.drawing(speakers: speakers.first.count)
    func result(_ matrices: [ConfusionMatrix], _ isRight: [Bool]) -> PairedResult {
        PairedResult(
            speakers: matrices, isRight: isRight, replicates: bootstrap.replicates(of: matrices, drawing: drawing))
    }
    return (
        result(speakers.first, speakers.isFirstRight), result(speakers.second, speakers.isSecondRight)
    )
}

extension PairedFixture.Comparison {
    fileprivate func result(_ predictions: KeyPath<Self, [[Int]]>) -> PairedResult {
        let speakers = zip(labels, self[keyPath: predictions]).map { labels, predictions in
            ConfusionMatrix(labels: labels, predictions: predictions, classes: classes)
        }
        return PairedResult(
            speakers: speakers, isRight: zip(labels.joined(), self[keyPath: predictions].joined()).map { $0 == $1 },
            replicates: ScoreReplicates(of: speakers, drawing: SpeakerDraws(draws)))
    }
}
