import Evaluation
import TestSupport
import Testing

@Suite struct SplitProtocolTests {
    @Test(arguments: SplitProtocol.names) func isFoundByItsName(_ name: String) throws {
        #expect(try SplitProtocol(named: name).name == name)
    }

    @Test func knowsWhichProtocolsKeepSpeakersApart() {
        #expect(SplitProtocol.emobox6Fold.isSpeakerIndependent)
        #expect(SplitProtocol.leaveOneSpeakerOut.isSpeakerIndependent)
        #expect(SplitProtocol.speakerKFold().isSpeakerIndependent)
        #expect(SplitProtocol.pepino2324.isSpeakerIndependent)
        #expect(SplitProtocol.crossCorpus().isSpeakerIndependent)
        #expect(!SplitProtocol.randomStratified().isSpeakerIndependent)
        #expect(!SplitProtocol.randomKFold().isSpeakerIndependent)
    }

    @Test func summariesAreOneSentence() throws {
        #expect(
            SplitProtocol.randomStratified(testFraction: 0.125).summary
                == "One random split stratified by label: 12.5 % of the clips are tested, "
                + "and clips of the same speakers are trained on.")
        for name in SplitProtocol.names { #expect(try SplitProtocol(named: name).summary.hasSuffix(".")) }
    }

    @Test func summariesOfKFoldsSayHowMany() {
        #expect(
            SplitProtocol.speakerKFold(k: 7).summary
                == "7 folds of speakers, drawn at random and balanced by sex: "
                + "each tests on one group of speakers and trains on all the others.")
        #expect(
            SplitProtocol.randomKFold(k: 10).summary
                == "10 folds of clips, drawn at random and stratified by label: each clip is tested once, "
                + "and clips of the same speakers are trained on.")
    }

    @Test func namesComeWithTheirUsualParameters() throws {
        #expect(try SplitProtocol(named: "speaker-kfold") == .speakerKFold(k: 5))
        #expect(try SplitProtocol(named: "random-kfold") == .randomKFold(k: 5))
    }

    @Test func anUnknownNameIsAnError() {
        expectDiagnosis(
            """
            unknown protocol
              found:    'emobox'
              expected: one of emobox-6fold, leave-one-speaker-out, speaker-kfold, pepino-23-24, random-stratified, \
            random-kfold, cross-corpus
              try:      correct `protocol` in the stage file
            """, exit: .badData
        ) { try SplitProtocol(named: "emobox") }
    }

    @Test func aCorpusWithoutClipsIsAnError() {
        expectDiagnosis(
            """
            there are no clips to divide into folds
              where:    protocol 'leave-one-speaker-out'
              try:      `timbre check PIPELINE.yaml` shows what the corpus stage finds
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: [], validation: .none, seed: 0) }
    }

    @Test func aTestClassWithoutTrainingClipsIsAnError() {
        let clips = smallCorpus + [clip("02/joy.wav", speaker: "02", label: 5)]
        expectDiagnosis(
            """
            the test part has a class that the training part lacks
              where:    fold 'speaker-02'
              found:    class 5, of which '02/joy.wav' is one clip
              expected: training clips of every class tested
              try:      use another protocol, or leave the class out of the corpus
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: clips, validation: .none, seed: 0) }
    }

    @Test func holdingOutAllTrainingClipsOfAClassIsAnErrorToo() {
        let clips = ["01", "02"].flatMap { speaker in
            (0..<10).map { clip("\(speaker)/\($0)", speaker: speaker, label: $0 == 0 ? 0 : 1) }
        }
        #expect(throws: EvaluationError.untrainedClass(0, fold: "speaker-01", clip: "01/0")) {
            try SplitProtocol.leaveOneSpeakerOut.folds(of: clips, validation: .fraction(0.9), seed: 0)
        }
    }

    @Test func moreFoldsThanThereMayBeAreRefusedBeforeTheyAreMade() {
        let clips = (0...SplitProtocol.mostFolds).map { clip("\($0).wav", speaker: "\($0)", label: $0 % 2) }
        expectDiagnosis(
            """
            there are too many folds, or clips in them, to hold
              where:    protocol 'leave-one-speaker-out'
              found:    10001 folds of 10001 clips
              expected: at most 10000 folds, which together have at most 250000000 clips
              try:      ask for fewer folds, or look at what the corpus takes for speakers: timbre check PIPELINE.yaml
            """, exit: .badData
        ) { try SplitProtocol.leaveOneSpeakerOut.folds(of: clips, validation: .none, seed: 0) }
    }

    @Test func foldsOfMoreClipsThanCanBeHeldAreRefusedBeforeTheyAreMade() throws {
        let clips = (0...25_000).map { clip("\($0).wav", speaker: "s", label: 0) }
        let folds = (0..<10_000).map { ListedFolds.Row(line: $0, fold: "f\($0)", member: .clip("0.wav")) }
        let listed = SplitProtocol.listed(try ListedFolds(name: "own-folds", rows: folds))
        for division in [SplitProtocol.randomKFold(k: 10_000), listed] {
            let refusal = EvaluationError.tooManyFolds(10_000, clips: 25_001, protocolName: division.name)
            #expect(throws: refusal) { try division.folds(of: clips, validation: .none, seed: 0) }
        }
    }

    @Test func twoThousandSpeakersOfAHundredThousandClipsCanBeLeftOutOneByOne() {
        #expect(SplitProtocol.canHold(folds: 2_000, clips: 100_000))
        #expect(SplitProtocol.canHold(folds: 10_000, clips: 25_000))
        #expect(!SplitProtocol.canHold(folds: 10_000, clips: 25_001))
        #expect(!SplitProtocol.canHold(folds: 10_001, clips: 1))
        #expect(SplitProtocol.canHold(folds: 1, clips: 250_000_000))
    }
}
