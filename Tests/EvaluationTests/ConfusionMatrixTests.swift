import Evaluation
import Testing

@Suite struct ConfusionMatrixTests {
    @Test func countsLabelsDownAndPredictionsAcross() {
        let matrix = ConfusionMatrix(labels: [0, 0, 1, 2, 2], predictions: [0, 1, 1, 0, 2], classes: 3)
        #expect(matrix.counts == [1, 1, 0, 0, 1, 0, 1, 0, 1])
        #expect(matrix[2, 0] == 1)
        #expect(matrix.total == 5)
    }

    @Test func supportCountsARowAndPredictionsAColumn() {
        let matrix = ConfusionMatrix(labels: [0, 0, 0, 1], predictions: [0, 1, 1, 1], classes: 2)
        #expect([0, 1].map(matrix.support(of:)) == [3, 1])
        #expect([0, 1].map(matrix.predictions(of:)) == [1, 3])
    }

    @Test func sumHoldsTheClipsOfBoth() {
        let left = ConfusionMatrix(labels: [0, 1], predictions: [1, 1], classes: 2)
        let right = ConfusionMatrix(labels: [0], predictions: [1], classes: 2)
        #expect((left + right).counts == [0, 2, 0, 1])
    }

    @Test func aMatrixWithoutClipsHoldsZeros() {
        #expect(ConfusionMatrix(labels: [], predictions: [], classes: 2).counts == [0, 0, 0, 0])
    }
}
