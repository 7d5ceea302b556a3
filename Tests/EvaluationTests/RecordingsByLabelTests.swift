import Testing

@testable import Evaluation

@Suite struct RecordingsByLabelTests {
    @Test func ordersLabelsAndDigestsAndGathersCopies() {
        let clips = [
            clip("a", content: "3", speaker: "s", label: 1), clip("b", content: "2", speaker: "s", label: 0),
            clip("c", content: "1", speaker: "s", label: 1), clip("d", content: "3", speaker: "s", label: 1),
        ]
        #expect(recordingsByLabel(0..<4, of: clips) == [[[1]], [[2], [0, 3]]])
    }

    @Test func copiesUnderSeveralLabelsCountUnderTheSmallest() {
        let clips = [2, 1].map { clip("\($0)", content: "same", speaker: "s", label: $0) }
        #expect(recordingsByLabel(0..<2, of: clips + smallCorpus) == [[[0, 1]]])
        #expect(recordingsByLabel([0], of: clips) == [[[0]]])
    }

    @Test func onlyCandidatesCount() {
        let recordings = recordingsByLabel([0, 5, 6], of: smallCorpus)
        #expect(recordings == [[[0], [6]], [[5]]])
    }
}
