import Evaluation
import TestSupport
import Testing

@Suite struct LeakGuardTests {
    @Test func aSpeakerInTrainingAndTestIsALeak() {
        let fold = Fold(name: "split", train: [0, 1, 4, 5], test: [2, 3, 6, 7])
        expectDiagnosis(
            """
            speakers are in both the training and the test part
              where:    fold 'split'
              found:    '01', '02'
              expected: each speaker in one part
              try:      use a speaker-independent protocol, or set `allowSpeakerOverlap: true`; \
            the report is then stamped speaker-dependent
            """, exit: .badData
        ) { try LeakGuard.check(fold, clips: smallCorpus, allowSpeakerOverlap: false) }
    }

    @Test func overlapOfSpeakersCanBeAllowed() throws {
        let fold = Fold(name: "split", train: [0, 1, 4, 5], test: [2, 3, 6, 7])
        try LeakGuard.check(fold, clips: smallCorpus, allowSpeakerOverlap: true)
    }

    @Test func aSpeakerInValidationAndTestIsALeak() {
        let fold = Fold(name: "split", train: [0, 1, 2, 3], validation: [4, 5], test: [6, 7])
        #expect(throws: EvaluationError.speakersInTwoParts(["02"], .validation, .test, fold: "split")) {
            try LeakGuard.check(fold, clips: smallCorpus, allowSpeakerOverlap: false)
        }
    }

    @Test func aSpeakerInTrainingAndValidationIsALeakOnlyIfSpeakersAreHeldOut() throws {
        let fold = Fold(name: "split", train: [0, 1], validation: [2, 3], test: [4, 5, 6, 7])
        try LeakGuard.check(fold, clips: smallCorpus, validation: .fraction(0.5), allowSpeakerOverlap: false)
        #expect(throws: EvaluationError.speakersInTwoParts(["01"], .train, .validation, fold: "split")) {
            try LeakGuard.check(fold, clips: smallCorpus, validation: .speakers(1), allowSpeakerOverlap: false)
        }
    }

    @Test func aRecordingInTrainingAndTestIsALeakEvenWhereSpeakersMayOverlap() {
        let clips = smallCorpus + [clip("copy of 01/0.wav", content: "content of 01/0.wav", speaker: "01", label: 0)]
        let fold = Fold(name: "split", train: [0, 1, 4, 5], test: [2, 3, 6, 7, 8])
        expectDiagnosis(
            """
            copies of a recording are in both the training and the test part
              where:    fold 'split'
              found:    '01/0.wav', 'copy of 01/0.wav'
              expected: all copies of a recording in one part
              try:      remove the copies but one; `allowSpeakerOverlap` does not excuse this
            """, exit: .badData
        ) { try LeakGuard.check(fold, clips: clips, allowSpeakerOverlap: true) }
    }

    @Test func aRecordingInTrainingAndValidationIsALeak() {
        let clips = smallCorpus + [clip("copy", content: "content of 01/0.wav", speaker: "01", label: 0)]
        let fold = Fold(name: "split", train: [0, 1, 2, 3], validation: [8], test: [4, 5, 6, 7])
        #expect(
            throws: EvaluationError.recordingsInTwoParts(["01/0.wav", "copy"], .train, .validation, fold: "split")
        ) { try LeakGuard.check(fold, clips: clips, allowSpeakerOverlap: true) }
    }

    @Test func aCopyUnderAnotherActorsNameIsFoundByEveryProtocol() throws {
        var clips = ravdessShaped
        clips.append(clip("Actor_02/copy.wav", content: "01-7", speaker: "02", label: 1))
        for name in SplitProtocol.names where name != "cross-corpus" {
            let division = try SplitProtocol(named: name)
            let folds = try division.folds(of: clips, validation: .none, seed: 0)
            for allowed in [false, true] {
                expectDiagnosis(
                    """
                    copies of one recording differ in speaker or label
                      found:    'Actor_01/7.wav' (speaker 01, class 1) = 'Actor_02/copy.wav' (speaker 02, class 1)
                      expected: one speaker and one label a recording
                      try:      remove the copy that is named wrongly
                    """, exit: .badData
                ) { try LeakGuard.check(folds[0], clips: clips, allowSpeakerOverlap: allowed) }
            }
        }
    }

    @Test func theFirstOfSeveralFoldsThatLeaksIsNamed() throws {
        let sound = Fold(name: "sound", train: [0, 1, 2, 3], test: [4, 5, 6, 7])
        let leaks = ["first", "second"].map { Fold(name: $0, train: [0, 1, 4, 5], test: [2, 3]) }
        try LeakGuard.check([sound, sound], clips: smallCorpus, allowSpeakerOverlap: false)
        #expect(throws: EvaluationError.speakersInTwoParts(["01"], .train, .test, fold: "first")) {
            try LeakGuard.check([sound] + leaks, clips: smallCorpus, allowSpeakerOverlap: false)
        }
        try LeakGuard.check([sound] + leaks, clips: smallCorpus, allowSpeakerOverlap: true)
    }

    @Test func contradictoryRecordingsAreFoundForSeveralFoldsToo() {
        let wrong = clip("02/wrong.wav", content: "content of 01/0.wav", speaker: "02", label: 0)
        let fold = Fold(name: "mine", train: [0, 1, 2, 3], test: [4, 5, 6, 7])
        #expect(throws: EvaluationError.contradictoryRecordings([[smallCorpus[0], wrong]])) {
            try LeakGuard.check([fold], clips: smallCorpus + [wrong], allowSpeakerOverlap: true)
        }
    }

    @Test func aCopyUnderAnotherLabelIsContradictory() {
        let wrong = clip("01/wrong.wav", content: "content of 01/0.wav", speaker: "01", label: 1)
        #expect(throws: EvaluationError.contradictoryRecordings([[smallCorpus[0], wrong]])) {
            try LeakGuard.checkRecordings(of: smallCorpus + [wrong])
        }
    }

    @Test func aClipInTwoPartsIsALeak() {
        let fold = Fold(name: "mine", train: [0, 1, 2], test: [2, 4])
        expectDiagnosis(
            """
            clips are in both the training and the test part
              where:    fold 'mine'
              found:    '01/2.wav'
              expected: each clip in one part
              try:      correct the list of folds
            """, exit: .badData
        ) { try LeakGuard.check(fold, clips: smallCorpus, allowSpeakerOverlap: true) }
    }

    @Test func aFoldWithoutTrainingOrTestClipsIsRefused() {
        #expect(throws: EvaluationError.emptyPart(.train, fold: "mine")) {
            try LeakGuard.check(Fold(name: "mine", train: [], test: [0]), clips: smallCorpus, allowSpeakerOverlap: true)
        }
        #expect(throws: EvaluationError.emptyPart(.test, fold: "mine")) {
            try LeakGuard.check(Fold(name: "mine", train: [0], test: []), clips: smallCorpus, allowSpeakerOverlap: true)
        }
    }

    @Test func aLongListIsCutShort() {
        let speakers = (0..<30).map { "s\(10 + $0)" }
        let error = EvaluationError.speakersInTwoParts(speakers, .train, .test, fold: "split")
        #expect(error.diagnosis.found?.hasSuffix("'s33', and 6 more") == true)
    }
}
