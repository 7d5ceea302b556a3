import Evaluation
import Testing

@testable import Reports

@Suite struct ClaimedConfusionTests {
    @Test func pairsAreCountedBothWaysAndRanked() {
        // 0↔1 three times, 0↔2 and 1↔2 once each.
        let matrix = ConfusionMatrix(
            labels: [0, 0, 1, 0, 2, 2], predictions: [1, 1, 0, 2, 1, 2], classes: 3)
        let pairs = matrix.mutualConfusions
        #expect(pairs.map(\.count) == [3, 1, 1])
        #expect(pairs.map(\.rank) == [1, 2, 2])
        #expect(pairs.map(\.support) == [4, 5, 3])
        #expect(pairs[1].classes == (0, 2))
    }

    @Test func aSingleClassHasNoPairs() {
        #expect(ConfusionMatrix(classes: 1).mutualConfusions.isEmpty)
    }
}
