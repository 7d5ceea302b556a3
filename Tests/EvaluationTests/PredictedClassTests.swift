import Evaluation
import Testing

@Suite struct PredictedClassTests {
    @Test func itIsTheFirstOfTheLargestProbabilities() {
        #expect(predictedClass(of: [0.2, 0.5, 0.3]) == 1)
        #expect(predictedClass(of: [0.4, 0.2, 0.4]) == 0)
        #expect(predictedClass(of: [1]) == 0)
    }
}
