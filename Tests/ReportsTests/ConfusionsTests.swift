import Evaluation
import Testing

@testable import Reports

@Suite struct ConfusionsTests {
    @Test func theMostFrequentStandFirstAndTiesInTheOrderOfTheClasses() {
        let matrix = ConfusionMatrix(
            labels: [2, 2, 1, 1, 0, 0, 0], predictions: [0, 0, 2, 0, 1, 0, 0], classes: 3)
        let found = matrix.confusions(first: 3).map { [$0.label, $0.predicted, $0.count, $0.support] }
        #expect(found == [[2, 0, 2, 2], [0, 1, 1, 3], [1, 0, 1, 2]])
    }

    @Test func rightAnswersAreNoConfusions() {
        #expect(ConfusionMatrix(labels: [0, 1], predictions: [0, 1], classes: 2).confusions(first: 5).isEmpty)
    }
}
