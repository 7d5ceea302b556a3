import Evaluation
import TestSupport
import Testing

@Suite struct ListedFoldsTests {
    @Test func remembersItsRows() throws {
        let rows = [ListedFolds.Row(line: 2, fold: "a", member: .speaker("01"), part: .test)]
        let list = try ListedFolds(name: "own-folds", rows: rows)
        #expect(list.rows == rows)
        #expect(SplitProtocol.listed(list).name == "own-folds")
    }

    @Test func anEmptyListIsAnError() {
        expectDiagnosis(
            """
            the list of folds is empty
              where:    protocol 'own-folds'
              found:    0 rows
              expected: 1 or more
              try:      list the clips or speakers that each fold tests
            """, exit: .badData
        ) { try ListedFolds(name: "own-folds", rows: []) }
    }

    @Test func rowsWithAndWithoutAPartInOneFoldAreAnError() {
        let rows = [
            ListedFolds.Row(line: 2, fold: "a", member: .speaker("01")),
            ListedFolds.Row(line: 3, fold: "b", member: .speaker("01"), part: .train),
            ListedFolds.Row(line: 4, fold: "b", member: .speaker("02"), part: .test),
            ListedFolds.Row(line: 5, fold: "b", member: .speaker("03")),
        ]
        expectDiagnosis(
            """
            only some rows of a fold give a part
              where:    protocol 'own-folds', fold 'b'
              found:    a part in line 3, none in line 5
              expected: a part in every row of the fold, or in none
              try:      correct the list of folds
            """, exit: .badData
        ) { try ListedFolds(name: "own-folds", rows: rows) }
    }

    @Test func moreFoldsThanThereMayBeAreAnErrorWithoutLookingAtTheCorpus() throws {
        let rows = (0...SplitProtocol.mostFolds).map {
            ListedFolds.Row(line: $0 + 2, fold: "f\($0)", member: .clip("the same.wav"))
        }
        expectDiagnosis(
            """
            there are too many folds, or clips in them, to hold
              where:    protocol 'own-folds'
              found:    10001 folds
              expected: at most 10000 folds, which together have at most 250000000 clips
              try:      ask for fewer folds, or look at what the corpus takes for speakers: timbre check PIPELINE.yaml
            """, exit: .badData
        ) { try ListedFolds(name: "own-folds", rows: rows) }
        let most = Array(rows.dropLast() + rows.prefix(9))
        #expect(throws: Never.self) { try ListedFolds(name: "own-folds", rows: most) }
    }
}
