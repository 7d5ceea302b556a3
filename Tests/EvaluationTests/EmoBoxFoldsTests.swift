import Evaluation
import TestSupport
import Testing

@Suite struct EmoBoxFoldsTests {
    @Test func eachFoldTestsOnItsFourActors() throws {
        let folds = try SplitProtocol.emobox6Fold.folds(of: ravdessShaped, validation: .none, seed: 0)
        let actors = folds.map { fold in Set(fold.test.map { ravdessShaped[$0].speaker }).sorted() }
        #expect(folds.map(\.name) == ["fold-1", "fold-2", "fold-3", "fold-4", "fold-5", "fold-6"])
        #expect(
            actors == [
                ["01", "11", "20", "21"], ["04", "10", "12", "14"], ["08", "09", "19", "23"],
                ["03", "05", "07", "24"], ["02", "15", "16", "18"], ["06", "13", "17", "22"],
            ])
        #expect(folds.allSatisfy { $0.test.count == 240 && $0.train.count == 1200 })
    }

    @Test func aSpeakerOutsideTheListsIsAnError() {
        let clips = ravdessShaped + ["25", "s1"].map { clip("\($0).wav", speaker: $0, label: 0) }
        expectDiagnosis(
            """
            the corpus has speakers that the protocol does not list
              where:    protocol 'emobox-6fold'
              found:    '25', 's1'
              expected: the RAVDESS actors 01 to 24
              try:      use `leave-one-speaker-out` or `speaker-kfold`, which take the speakers from the corpus
            """, exit: .badData
        ) { try SplitProtocol.emobox6Fold.folds(of: clips, validation: .none, seed: 0) }
    }

    @Test func aFoldWithoutTestClipsIsAnError() {
        let absent = ["04", "10", "12", "14"]
        expectDiagnosis(
            """
            the test part has no clips
              where:    fold 'fold-2'
              found:    0 clips
              expected: 1 or more
              try:      count the clips with `timbre check PIPELINE.yaml`, or use other shares or another protocol
            """, exit: .badData
        ) {
            try SplitProtocol.emobox6Fold.folds(
                of: ravdessShaped.filter { !absent.contains($0.speaker) }, validation: .none, seed: 0)
        }
    }
}
