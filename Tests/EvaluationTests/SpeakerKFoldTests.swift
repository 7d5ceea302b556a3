import Evaluation
import TestSupport
import Testing

@Suite struct SpeakerKFoldTests {
    @Test func dealsRAVDESSsActorsEvenlyByNumberAndBySex() throws {
        let clips = ravdessShaped.map(sexed)
        let folds = try SplitProtocol.speakerKFold(k: 5).folds(of: clips, validation: .none, seed: 42)
        let actors = folds.map { fold in Set(fold.test.map { clips[$0].speaker }) }
        #expect(folds.map(\.name) == ["fold-1", "fold-2", "fold-3", "fold-4", "fold-5"])
        #expect(actors.map(\.count) == [5, 5, 5, 5, 4])
        #expect(actors.map { $0.count { isWoman($0) } } == [3, 3, 2, 2, 2])
        #expect(actors.reduce(into: Set<String>()) { $0.formUnion($1) }.count == 24)
        #expect(folds.allSatisfy { Set($0.train.map { clips[$0].speaker }).count + $0.testSpeakers(of: clips) == 24 })
    }

    @Test func asManyFoldsAsSpeakersTestOneSpeakerEach() throws {
        let folds = try SplitProtocol.speakerKFold(k: 24).folds(of: ravdessShaped, validation: .none, seed: 1)
        #expect(folds.allSatisfy { $0.testSpeakers(of: ravdessShaped) == 1 })
        #expect(Set(folds.map { ravdessShaped[$0.test[0]].speaker }).count == 24)
    }

    @Test func aSpeakerWhoseClipsContradictEachOtherIsOfUnknownSex() throws {
        // Two women, two men and two of unknown sex in two folds: one of each in each.
        var clips = ["a", "b", "c", "d", "e", "f"].flatMap { speaker in
            (0..<4).map { clip("\(speaker)/\($0)", speaker: speaker, label: $0 % 2) }
        }
        let sexes: [SpeakerSex?] = [.female, nil, .female, nil, .male, .male, nil, .male, nil, nil, .female, .male]
        for index in clips.indices { clips[index].sex = sexes[index / 4 * 2 + index % 2] }
        for seed in 0..<20 {
            let folds = try SplitProtocol.speakerKFold(k: 2).folds(of: clips, validation: .none, seed: UInt64(seed))
            for fold in folds {
                let tested = Set(fold.test.map { clips[$0].speaker })
                #expect([["a", "b"], ["c", "d"], ["e", "f"]].allSatisfy { tested.intersection($0).count == 1 })
            }
        }
    }

    @Test func fewerSpeakersThanFoldsAreAnError() {
        expectDiagnosis(
            """
            there are fewer speakers than folds
              where:    protocol 'speaker-kfold'
              found:    '01', '02'
              expected: 5 speakers or more, one for each of the 5 folds
              try:      ask for 2 folds or fewer, or use `leave-one-speaker-out`
            """, exit: .badData
        ) { try SplitProtocol.speakerKFold().folds(of: smallCorpus, validation: .none, seed: 0) }
    }

    @Test func aSingleSpeakerIsAnErrorThatOffersProtocolsOfClips() {
        expectDiagnosis(
            """
            there are fewer speakers than folds
              where:    protocol 'speaker-kfold'
              found:    '01'
              expected: 2 speakers or more, one for each of the 2 folds
              try:      use `random-stratified` or `random-kfold`, which are speaker-dependent
            """, exit: .badData
        ) { try SplitProtocol.speakerKFold(k: 2).folds(of: Array(smallCorpus[..<4]), validation: .none, seed: 0) }
    }

    @Test(arguments: [1, 0, -3]) func fewerThanTwoFoldsAreAnError(_ k: Int) {
        expectDiagnosis(
            """
            the number of folds is out of range
              where:    protocol 'speaker-kfold'
              found:    \(k)
              expected: 2 or more
              try:      ask for 5 folds, which are usual
            """, exit: .badData
        ) { try SplitProtocol.speakerKFold(k: k).folds(of: smallCorpus, validation: .none, seed: 0) }
    }

    private func isWoman(_ actor: String) -> Bool { (Int(actor) ?? 0).isMultiple(of: 2) }

    private func sexed(_ clip: LabelledClip) -> LabelledClip {
        var clip = clip
        clip.sex = isWoman(clip.speaker) ? .female : .male
        return clip
    }
}

extension Fold {
    fileprivate func testSpeakers(of clips: [LabelledClip]) -> Int { Set(test.map { clips[$0].speaker }).count }
}
