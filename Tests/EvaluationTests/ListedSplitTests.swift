import Evaluation
import TestSupport
import Testing

@Suite struct ListedSplitTests {
    @Test func withoutPartsTheListedOnesAreTestedAndAllOthersTrainedOn() throws {
        let folds = try folds([row("second", .speaker("02")), row("first", .speaker("01"))])
        #expect(
            folds == [
                Fold(name: "second", train: [0, 1, 2, 3], test: [4, 5, 6, 7]),
                Fold(name: "first", train: [4, 5, 6, 7], test: [0, 1, 2, 3]),
            ])
    }

    @Test func withPartsTheClipsInNoneAreLeftOut() throws {
        let folds = try folds([
            row("mine", .clip("02/3.wav"), .test), row("mine", .clip("02/2.wav"), .test),
            row("mine", .clip("02/0.wav"), .validation), row("mine", .speaker("01"), .train),
        ])
        #expect(folds == [Fold(name: "mine", train: [0, 1, 2, 3], validation: [4], test: [6, 7])])
    }

    @Test func foldsComeInTheOrderInWhichTheyAreFirstNamed() throws {
        let folds = try folds([
            row("b", .clip("01/0.wav")), row("a", .speaker("02")), row("b", .clip("01/1.wav")),
        ])
        #expect(folds.map(\.name) == ["b", "a"])
        #expect(folds.map(\.test) == [[0, 1], [4, 5, 6, 7]])
    }

    @Test func namingAClipAgainInItsPartChangesNothing() throws {
        let once = try folds([row("mine", .speaker("01"))])
        #expect(try folds([row("mine", .speaker("01")), row("mine", .clip("01/2.wav"))]) == once)
    }

    @Test func theValidationRuleServesOnlyFoldsWithoutValidationParts() throws {
        let rows = [
            row("own", .speaker("01"), .test), row("own", .clip("02/0.wav"), .train),
            row("own", .clip("02/1.wav"), .train), row("own", .clip("02/3.wav"), .validation),
            row("ruled", .speaker("01")),
        ]
        let folds = try folds(rows, validation: .fraction(0.5))
        #expect(folds[0].validation == [7])
        #expect(folds[1].validation.count == 2 && folds[1].train.count == 2)
    }

    @Test func isSpeakerIndependentByDeclarationToWhichTheLeakGuardHoldsIt() throws {
        let rows = [row("mine", .clip("01/0.wav")), row("mine", .clip("01/1.wav"))]
        let division = SplitProtocol.listed(try ListedFolds(name: "own-folds", rows: rows))
        let folds = try division.folds(of: smallCorpus, validation: .none, seed: 0)
        #expect(division.isSpeakerIndependent)
        #expect(throws: EvaluationError.speakersInTwoParts(["01"], .train, .test, fold: "mine")) {
            try LeakGuard.check(folds, clips: smallCorpus, allowSpeakerOverlap: false)
        }
        try LeakGuard.check(folds, clips: smallCorpus, allowSpeakerOverlap: true)
    }

    @Test func copiesThatTheListPutsIntoTwoPartsAreRefusedEvenWhereSpeakersMayOverlap() throws {
        let clips = smallCorpus + [clip("copy", content: "content of 01/0.wav", speaker: "01", label: 0)]
        let rows = [row("mine", .clip("01/0.wav")), row("mine", .clip("01/1.wav"))]
        let division = SplitProtocol.listed(try ListedFolds(name: "own-folds", rows: rows))
        let folds = try division.folds(of: clips, validation: .none, seed: 0)
        #expect(throws: EvaluationError.recordingsInTwoParts(["01/0.wav", "copy"], .train, .test, fold: "mine")) {
            try LeakGuard.check(folds, clips: clips, allowSpeakerOverlap: true)
        }
    }

    @Test func itsSummaryCountsTheFolds() throws {
        let rows = [row("a", .speaker("01")), row("b", .speaker("02")), row("a", .speaker("03"))]
        let list = try ListedFolds(name: "own-folds", rows: rows)
        #expect(SplitProtocol.listed(list).summary == "Folds of one's own, 2 of them, as the stage file lists them.")
    }

    @Test func namesThatTheCorpusDoesNotHaveAreAnErrorWithTheirLines() {
        expectDiagnosis(
            """
            the list of folds names what the corpus does not have
              where:    protocol 'own-folds'
              found:    line 3: speaker 's9'
                        line 5: clip '01/none.wav'
              expected: speakers of the corpus, and clips by their paths relative to its root
              try:      correct the list of folds; `timbre check PIPELINE.yaml` shows what the corpus stage finds
            """, exit: .badData
        ) {
            try folds([
                row("a", .speaker("01"), line: 2), row("a", .speaker("s9"), line: 3),
                row("b", .speaker("02"), line: 4), row("b", .clip("01/none.wav"), line: 5),
            ])
        }
    }

    @Test func aClipInTwoPartsOfAFoldIsAnErrorWithBothLines() {
        expectDiagnosis(
            """
            the list of folds puts a clip into two parts
              where:    protocol 'own-folds', fold 'a'
              found:    '01/3.wav'
                        the training part in line 2: speaker '01'
                        the test part in line 4: clip '01/3.wav'
              expected: each clip in one part
              try:      correct the list of folds
            """, exit: .badData
        ) {
            try folds([
                row("a", .speaker("01"), .train, line: 2), row("a", .speaker("02"), .test, line: 3),
                row("a", .clip("01/3.wav"), .test, line: 4),
            ])
        }
    }

    @Test func aFoldThatTestsNothingIsAnError() {
        #expect(throws: EvaluationError.emptyPart(.test, fold: "a")) {
            try folds([row("a", .speaker("01"), .train), row("a", .speaker("02"), .validation)])
        }
    }

    private func row(
        _ fold: String, _ member: ListedFolds.Member, _ part: FoldPart? = nil, line: Int = 1
    ) -> ListedFolds.Row {
        ListedFolds.Row(line: line, fold: fold, member: member, part: part)
    }

    private func folds(_ rows: [ListedFolds.Row], validation: ValidationRule = .none) throws -> [Fold] {
        try SplitProtocol.listed(ListedFolds(name: "own-folds", rows: rows))
            .folds(of: smallCorpus, validation: validation, seed: 0)
    }
}
