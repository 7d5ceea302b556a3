import Evaluation
import TestSupport
import Testing

@Suite struct ValidationRuleTests {
    @Test func speakersComeFromTheTrainingPartAndLeaveItWhole() throws {
        let folds = try SplitProtocol.emobox6Fold.folds(of: ravdessShaped, validation: .speakers(2), seed: 3)
        for fold in folds {
            let (trained, heldOut, tested) = (speakers(fold.train), speakers(fold.validation), speakers(fold.test))
            #expect((trained.count, heldOut.count, tested.count) == (18, 2, 4))
            #expect(trained.union(heldOut).union(tested).count == 24)
            #expect(fold.validation.count == 120)
        }
        #expect(Set(folds.map { speakers($0.validation) }).count > 1)
    }

    @Test func aShareIsStratifiedWithinTheTrainingPart() throws {
        let folds = try SplitProtocol.emobox6Fold.folds(of: ravdessShaped, validation: .fraction(0.1), seed: 3)
        for fold in folds {
            let counts = (0..<8).map { label in fold.validation.count { ravdessShaped[$0].label == label } }
            #expect(counts == [8, 16, 16, 16, 16, 16, 16, 16])
        }
    }

    @Test(arguments: [0, 2, 3, -1]) func aNumberOfSpeakersThatDoesNotFitIsAnError(_ count: Int) {
        let clips = smallCorpus + smallCorpus.map { clip("03" + $0.path, speaker: "03", label: $0.label) }
        expectDiagnosis(
            """
            the number of validation speakers does not fit the fold
              where:    fold 'speaker-01'
              found:    \(count) of 2 training speakers
              expected: at least 1, and fewer than the fold trains on
              try:      ask for 1 or fewer
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: clips, validation: .speakers(count), seed: 0) }
    }

    @Test func aSingleTrainingSpeakerCannotBeHeldOut() {
        expectDiagnosis(
            """
            the number of validation speakers does not fit the fold
              where:    fold 'speaker-01'
              found:    1 of 1 training speaker
              expected: at least 1, and fewer than the fold trains on
              try:      hold out a share of the clips instead: `validation: {fraction: 0.1}`
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: smallCorpus, validation: .speakers(1), seed: 0) }
    }

    @Test(arguments: [0, 1, -0.5, 2, .nan]) func aShareOutOfRangeIsAnError(_ share: Double) {
        expectDiagnosis(
            """
            the share of validation clips is out of range
              found:    \(share)
              expected: a number above 0 and below 1
              try:      for one clip in five write 0.2
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: smallCorpus, validation: .fraction(share), seed: 0) }
    }

    @Test func aShareThatHoldsOutNothingIsAnError() {
        #expect(throws: EvaluationError.emptyPart(.validation, fold: "speaker-01")) {
            try SplitProtocol.leaveOneSpeakerOut.folds(of: smallCorpus, validation: .fraction(0.01), seed: 0)
        }
    }

    private func speakers(_ indexes: [Int]) -> Set<String> { Set(indexes.map { ravdessShaped[$0].speaker }) }
}
