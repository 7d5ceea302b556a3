import Documents
import Testing

@testable import Reports

@Suite struct LeakGapTests {
    private let right: [(Int, Int)] = [(0, 0), (1, 1), (0, 0), (1, 1)]
    private let half: [(Int, Int)] = [(0, 0), (1, 0), (0, 0), (1, 0)]

    @Test func theGapIsDependentMinusIndependentPairedBySpeaker() throws {
        let gap = try #require(gaps([leaky(right), fair(half)]).first)
        #expect(gap.scores.map(\.name) == ["ua", "wa", "macro_f1"])
        #expect(gap.scores[0].gap == 0.5)
        #expect(gap.speakers.map(\.name) == ["0", "1"])
        #expect(gap.speakers.map(\.gap) == [0, 1])
        let interval = try #require(gap.scores[1].interval)
        #expect(interval.low == 0)
        #expect(interval.high == 1)
    }

    @Test func equalAnswersHaveAGapOfExactlyNothing() throws {
        // Were the speakers drawn apart for the two sides, the interval would be wide.
        let gap = try #require(gaps([leaky(half), fair(half)]).first)
        #expect(gap.scores.allSatisfy { $0.gap == 0 && $0.interval?.low == 0 && $0.interval?.high == 0 })
    }

    @Test func seedsAreAveragedWhereBothHaveThem() throws {
        let cells = [leaky(right), leaky(half, seed: 1), leaky(right, seed: 2), fair(half), fair(half, seed: 1)]
        let gap = try #require(gaps(cells).first)
        #expect(gap.dependent.map(\.cell.seed) == [0, 1])
        #expect(gap.scores[0].gap == 0.25)
    }

    @Test func otherHeadsLayersAndPreparationsAreNotSetBeside() {
        #expect(gaps([leaky(right), fair(half, layer: "6")]).isEmpty)
        #expect(gaps([leaky(right), cell("f", isTransductive: true, answers: half)]).isEmpty)
        #expect(gaps([leaky(right), leaky(half, seed: 1)]).isEmpty)
    }

    @Test func protocolsThatTestOtherSpeakersAreNotSetBeside() {
        #expect(gaps([leaky(right), fair([(0, 0)])]).isEmpty)
    }

    @Test func theSectionSaysItFirstAndIsNoRanking() throws {
        let gaps = gaps([leaky(right), fair(half)])
        let section = LeakGapSection(gaps: gaps, resampling: resampling())
        let answer = section.answer(of: gaps[0])
        #expect(answer.hasPrefix("**What the leak flatters: the gap in UA is 50.00 points** (95 % interval"))
        #expect(answer.contains("This is no ranking"))
        let text = section.blocks.markdown
        #expect(text.contains("| 1 | 100.00 | 0.00 | 100.00 |\n| 0 | 100.00 | 100.00 | 0.00 |"))
        #expect(text.contains("1 of 2 speakers are answered better under `random`"))
    }

    private func leaky(_ answers: [(Int, Int)], seed: UInt64 = 0) -> CellCase {
        cell("leaky\(seed)", protocolName: "random", isSpeakerIndependent: false, seed: seed, answers: answers)
    }

    private func fair(_ answers: [(Int, Int)], layer: String = "12", seed: UInt64 = 0) -> CellCase {
        cell("fair\(seed)", layer: layer, seed: seed, answers: answers)
    }

    private func gaps(_ cells: [CellCase]) -> [LeakGap] { LeakGap.gaps(among: groups(cells), resampling: resampling()) }
}
