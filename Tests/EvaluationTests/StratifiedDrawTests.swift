import Randomness
import Testing

@testable import Evaluation

@Suite struct StratifiedDrawTests {
    @Test func keepsEachLabelsShareWithinOneClipWhereNothingOccursTwice() {
        for seed in 0..<2000 {
            let corpus = RandomCorpus(seed: UInt64(seed))
            let single = corpus.clips.filter { !$0.path.hasPrefix("copy") }
            let fraction = share(seed: seed)
            let drawn = draw(fraction, of: single, seed: corpus.seed)
            #expect(drawn.count == Int((fraction * Double(single.count)).rounded()))
            for (label, clips) in Dictionary(grouping: single.indices, by: { single[$0].label }) {
                let count = drawn.count { single[$0].label == label }
                #expect(abs(Double(count) - fraction * Double(clips.count)) < 1)
            }
        }
    }

    @Test func copiesOfARecordingStayTogetherAndCostAtMostOneClip() {
        for seed in 0..<2000 {
            let corpus = RandomCorpus(seed: UInt64(seed))
            let fraction = share(seed: seed)
            let drawn = draw(fraction, of: corpus.clips, seed: corpus.seed)
            let left = Set(corpus.clips.indices).subtracting(drawn)
            #expect(Set(drawn.map { corpus.clips[$0].content }).isDisjoint(with: left.map { corpus.clips[$0].content }))
            for (label, clips) in Dictionary(grouping: corpus.clips.indices, by: { corpus.clips[$0].label }) {
                let count = drawn.count { corpus.clips[$0].label == label }
                #expect(abs(Double(count) - fraction * Double(clips.count)) < 2)
            }
        }
    }

    @Test func drawsOnlyFromTheCandidates() {
        let candidates = Array(stride(from: 0, to: ravdessShaped.count, by: 3))
        var draw = StratifiedDraw(fraction: 0.5, generator: SeededGenerator(seed: 1, purpose: "test"))
        let drawn = draw.drawn(from: candidates, of: ravdessShaped)
        #expect(drawn.count == candidates.count / 2)
        #expect(Set(drawn).isSubset(of: candidates))
    }

    @Test func nothingIsDrawnFromNothing() {
        #expect(draw(0.5, of: [], seed: 0).isEmpty)
    }

    private func share(seed: Int) -> Double { Double(1 + seed % 19) / 20 }

    private func draw(_ fraction: Double, of clips: [LabelledClip], seed: UInt64) -> [Int] {
        var draw = StratifiedDraw(fraction: fraction, generator: SeededGenerator(seed: seed, purpose: "test"))
        return draw.drawn(from: Array(clips.indices), of: clips)
    }
}
