import Evaluation
import TestSupport
import Testing

@Suite struct RandomKFoldTests {
    @Test func testsOneFifthOfEachRAVDESSClassInEachFold() throws {
        let folds = try SplitProtocol.randomKFold(k: 5).folds(of: ravdessShaped, validation: .none, seed: 42)
        #expect(folds.map(\.name) == ["fold-1", "fold-2", "fold-3", "fold-4", "fold-5"])
        #expect(folds.allSatisfy { $0.test.count == 288 })
        for fold in folds {
            let counts = (0..<8).map { label in fold.test.count { ravdessShaped[$0].label == label } }
            #expect((19...20).contains(counts[0]) && counts[1...].allSatisfy((38...39).contains))
        }
    }

    @Test func copiesOfARecordingAreTestedTogether() throws {
        let clips = smallCorpus + smallCorpus.map { clip("copy of \($0.path)", of: $0) }
        let folds = try SplitProtocol.randomKFold(k: 2).folds(of: clips, validation: .none, seed: 3)
        for fold in folds {
            #expect(fold.test.count == 8)
            #expect(Set(fold.test.map { clips[$0].content }).count == 4)
        }
    }

    @Test func moreFoldsThanRecordingsAreAnError() {
        #expect(throws: EvaluationError.emptyPart(.test, fold: "fold-9")) {
            try SplitProtocol.randomKFold(k: 10).folds(of: smallCorpus, validation: .none, seed: 0)
        }
    }

    @Test func fewerThanTwoFoldsAreAnError() {
        expectDiagnosis(
            """
            the number of folds is out of range
              where:    protocol 'random-kfold'
              found:    1
              expected: 2 or more
              try:      ask for 5 folds, which are usual
            """, exit: .badData
        ) { try SplitProtocol.randomKFold(k: 1).folds(of: smallCorpus, validation: .none, seed: 0) }
    }

    private func clip(_ path: String, of original: LabelledClip) -> LabelledClip {
        LabelledClip(path: path, content: original.content, speaker: original.speaker, label: original.label)
    }
}
