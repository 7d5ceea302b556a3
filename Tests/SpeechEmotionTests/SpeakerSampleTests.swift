import Testing

@testable import SpeechEmotion

@Suite struct SpeakerSampleTests {
    private let speakers = (0..<90).map { ["ann", "bob", "cid"][$0 % 3] }

    @Test(arguments: [1, 2, 3, 10, 30, 89])
    func speakersHaveAsManyClipsGiveOrTakeOne(count: Int) {
        let sample = sampleOverSpeakers(speakers, count: count, seed: 4)
        let shares = ["ann", "bob", "cid"].map { name in sample.count { speakers[$0] == name } }
        #expect(sample.count == count && Set(sample).count == count && sample == sample.sorted())
        #expect(shares.allSatisfy { (count / 3...(count + 2) / 3).contains($0) }, "\(shares)")
    }

    @Test func aSpeakerWithFewClipsLeavesTheRestToOthers() {
        let speakers = ["ann"] + [String](repeating: "bob", count: 9)
        let sample = sampleOverSpeakers(speakers, count: 6, seed: 0)
        #expect(sample.count == 6 && sample.first == 0)
    }

    @Test func thereAreNoMoreThanAll() {
        #expect(sampleOverSpeakers(speakers, count: 1_000, seed: 0) == Array(0..<90))
        #expect(sampleOverSpeakers([], count: 5, seed: 0).isEmpty)
    }

    @Test func aSeedIsASample() {
        let samples = (0..<5).map { sampleOverSpeakers(speakers, count: 20, seed: $0) }
        #expect(samples[3] == sampleOverSpeakers(speakers, count: 20, seed: 3))
        #expect(Set(samples).count == 5)
    }
}
