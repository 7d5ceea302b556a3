import Evaluation
import TestSupport
import Testing

@Suite struct PepinoFoldTests {
    @Test(arguments: [ValidationRule.none, .speakers(2), .fraction(0.1)])
    func testsOnTheLastTwoActorsAndValidatesOnTheTwoBefore(_ rule: ValidationRule) throws {
        let folds = try SplitProtocol.pepino2324.folds(of: ravdessShaped, validation: rule, seed: 0)
        #expect(folds.map(\.name) == ["actors-23-24"])
        #expect(speakers(folds[0].test) == ["23", "24"])
        #expect(speakers(folds[0].validation) == ["21", "22"])
        #expect(speakers(folds[0].train) == (1...20).map { $0 < 10 ? "0\($0)" : "\($0)" })
        #expect(folds[0].train.count == 1200 && folds[0].validation.count == 120 && folds[0].test.count == 120)
    }

    @Test func aSpeakerWhoIsNoActorOfRAVDESSIsAnError() {
        let clips = ravdessShaped + [clip("25.wav", speaker: "25", label: 0)]
        expectDiagnosis(
            """
            the corpus has speakers that the protocol does not list
              where:    protocol 'pepino-23-24'
              found:    '25'
              expected: the RAVDESS actors 01 to 24
              try:      use `leave-one-speaker-out` or `speaker-kfold`, which take the speakers from the corpus
            """, exit: .badData
        ) { try SplitProtocol.pepino2324.folds(of: clips, validation: .none, seed: 0) }
    }

    @Test(arguments: [ValidationRule.none, .speakers(2)])
    func absentValidationActorsAreAnErrorWhateverTheRule(_ rule: ValidationRule) {
        let clips = ravdessShaped.filter { $0.speaker != "21" && $0.speaker != "22" }
        expectDiagnosis(
            """
            the validation part has no clips
              where:    fold 'actors-23-24'
              found:    0 clips
              expected: 1 or more
              try:      count the clips with `timbre check PIPELINE.yaml`, or use other shares or another protocol
            """, exit: .badData
        ) { try SplitProtocol.pepino2324.folds(of: clips, validation: rule, seed: 0) }
    }

    @Test func absentTestActorsAreAnError() {
        let clips = ravdessShaped.filter { $0.speaker < "23" }
        #expect(throws: EvaluationError.emptyPart(.test, fold: "actors-23-24")) {
            try SplitProtocol.pepino2324.folds(of: clips, validation: .none, seed: 0)
        }
    }

    private func speakers(_ indexes: [Int]) -> [String] { Set(indexes.map { ravdessShaped[$0].speaker }).sorted() }
}
