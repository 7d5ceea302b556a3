import Evaluation
import TestSupport
import Testing

@Suite struct RandomStratifiedTests {
    @Test func testsOneFifthOfEachRAVDESSClass() throws {
        let folds = try SplitProtocol.randomStratified().folds(of: ravdessShaped, validation: .none, seed: 42)
        let counts = (0..<8).map { label in folds[0].test.count { ravdessShaped[$0].label == label } }
        #expect(folds.count == 1)
        #expect(counts.reduce(0, +) == 288)
        #expect(counts[0] == 19 && counts[1...].allSatisfy { $0 == 38 || $0 == 39 })
    }

    @Test(arguments: [0, 1, -0.2, 1.5, .nan]) func aShareOutOfRangeIsAnError(_ share: Double) {
        expectDiagnosis(
            """
            the share of test clips is out of range
              found:    \(share)
              expected: a number above 0 and below 1
              try:      for one clip in five write 0.2
            """, exit: .badData
        ) {
            try SplitProtocol.randomStratified(testFraction: share).folds(of: smallCorpus, validation: .none, seed: 0)
        }
    }

    @Test func aShareThatLeavesNothingToTestIsAnError() {
        #expect(throws: EvaluationError.emptyPart(.test, fold: "split")) {
            try SplitProtocol.randomStratified(testFraction: 0.01).folds(of: smallCorpus, validation: .none, seed: 0)
        }
    }
}
