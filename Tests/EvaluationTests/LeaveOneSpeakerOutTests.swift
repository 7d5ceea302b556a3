import Evaluation
import TestSupport
import Testing

@Suite struct LeaveOneSpeakerOutTests {
    @Test func testsOneSpeakerAFoldInTheOrderOfTheirNames() throws {
        let folds = try SplitProtocol.leaveOneSpeakerOut.folds(of: smallCorpus.reversed(), validation: .none, seed: 0)
        #expect(
            folds == [
                Fold(name: "speaker-01", train: [0, 1, 2, 3], test: [4, 5, 6, 7]),
                Fold(name: "speaker-02", train: [4, 5, 6, 7], test: [0, 1, 2, 3]),
            ])
    }

    @Test func aSingleSpeakerIsAnError() {
        expectDiagnosis(
            """
            the protocol needs more speakers
              where:    protocol 'leave-one-speaker-out'
              found:    '01'
              expected: two speakers or more
              try:      use `random-stratified` or `random-kfold`, which are speaker-dependent
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: Array(smallCorpus[..<4]), validation: .none, seed: 0) }
    }
}
