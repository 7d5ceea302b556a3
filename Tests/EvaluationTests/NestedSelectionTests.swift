import Evaluation
import TestSupport
import Testing

@Suite struct NestedSelectionTests {
    @Test func choosesTheBestOfEachFold() throws {
        let selection = try NestedSelection(validationScores: [[0.1, 0.9, 0.3], [0.4, 0.2, 0.2], [0.3, 0.95, -1]])
        #expect(selection.choices == [1, 2, 0])
    }

    @Test func ofEqualOnesTheFirst() throws {
        #expect(try NestedSelection(validationScores: [[0.2], [0.5], [0.5], [0.4]]).choices == [1])
    }

    @Test func aMissingScoreNeverWins() throws {
        let selection = try NestedSelection(validationScores: [[nil, .nan], [.nan, -2], [-3, nil]])
        #expect(selection.choices == [2, 1])
    }

    @Test func aFoldWithoutAnyScoreIsAnError() {
        expectDiagnosis(
            """
            there is no validation score to choose by
              where:    fold 2, 3, counted from 1
              expected: at least one candidate with a validation score in every fold
              try:      hold out clips of the training part: `validation: {speakers: 2}`
            """, exit: .badData
        ) { try NestedSelection(validationScores: [[0.5, nil, .nan], [0.2, nil, nil]]) }
    }
}
