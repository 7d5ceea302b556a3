import Evaluation
import Randomness
import TestSupport
import Testing

@Suite struct SplitProtocolTests {
    @Test(arguments: SplitProtocol.names) func isFoundByItsName(_ name: String) throws {
        #expect(try SplitProtocol(named: name).name == name)
    }

    @Test func knowsWhichProtocolsKeepSpeakersApart() {
        #expect(SplitProtocol.emobox6Fold.isSpeakerIndependent)
        #expect(SplitProtocol.leaveOneSpeakerOut.isSpeakerIndependent)
        #expect(!SplitProtocol.randomStratified().isSpeakerIndependent)
    }

    @Test func summariesAreOneSentence() {
        #expect(
            SplitProtocol.randomStratified(testFraction: 0.125).summary
                == "One random split stratified by label: 12.5 % of the clips are tested, "
                + "and clips of the same speakers are trained on.")
        for summary in [SplitProtocol.emobox6Fold.summary, SplitProtocol.leaveOneSpeakerOut.summary] {
            #expect(summary.hasSuffix("."))
        }
    }

    @Test func partsAreDisjointCompleteAndAscendingForRandomCorpora() throws {
        for seed in 0..<600 {
            let corpus = RandomCorpus(seed: UInt64(seed))
            for (division, rule) in divisions(seed: seed) {
                for fold in try division.folds(of: corpus.clips, validation: rule, seed: corpus.seed) {
                    #expect((fold.train + fold.validation + fold.test).sorted() == Array(corpus.clips.indices))
                    #expect([fold.train, fold.validation, fold.test].allSatisfy { $0 == $0.sorted() })
                    #expect(fold.validation.isEmpty == (rule == .none))
                    try LeakGuard.check(
                        fold, clips: corpus.clips, validation: rule,
                        allowSpeakerOverlap: !division.isSpeakerIndependent)
                }
            }
        }
    }

    @Test func testPartsOfSpeakerIndependentProtocolsCoverEveryClipOnce() throws {
        for seed in 0..<300 {
            let corpus = RandomCorpus(seed: UInt64(seed), actors: (1...24).map { $0 < 10 ? "0\($0)" : "\($0)" })
            for division in [SplitProtocol.emobox6Fold, .leaveOneSpeakerOut] {
                let folds = try division.folds(of: corpus.clips, validation: .none, seed: corpus.seed)
                #expect(folds.flatMap(\.test).sorted() == Array(corpus.clips.indices))
            }
        }
    }

    @Test func theOrderOfTheClipsDoesNotMatterAndTheSeedDoes() throws {
        var differing = 0
        for seed in 0..<300 {
            let corpus = RandomCorpus(seed: UInt64(seed))
            var random = SeededGenerator(seed: corpus.seed, purpose: "another order")
            let reordered = random.shuffled(corpus.clips)
            for (division, rule) in divisions(seed: seed) where rule != .none {
                let folds = try division.folds(of: corpus.clips, validation: rule, seed: 1)
                let others = try division.folds(of: reordered, validation: rule, seed: 1)
                #expect(contents(of: folds, in: corpus.clips) == contents(of: others, in: reordered))
                if try division.folds(of: corpus.clips, validation: rule, seed: 2) != folds { differing += 1 }
            }
        }
        #expect(differing > 800)
    }

    @Test func anUnknownNameIsAnError() {
        expectDiagnosis(
            """
            unknown protocol
              found:    'emobox'
              expected: one of emobox-6fold, leave-one-speaker-out, random-stratified
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

    /// Every protocol with every rule; a share is large enough to hold out something of any corpus.
    private func divisions(seed: Int) -> [(SplitProtocol, ValidationRule)] {
        [
            (.leaveOneSpeakerOut, .none), (.leaveOneSpeakerOut, .speakers(1)),
            (.leaveOneSpeakerOut, .fraction(0.25)), (.randomStratified(testFraction: 0.25), .none),
            (.randomStratified(testFraction: 0.25), .fraction(0.25)),
        ]
    }

    private func contents(of folds: [Fold], in clips: [LabelledClip]) -> [[[String]]] {
        folds.map { fold in [fold.train, fold.validation, fold.test].map { $0.map { clips[$0].path }.sorted() } }
    }
}
