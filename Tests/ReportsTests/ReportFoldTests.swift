import Testing

@testable import Reports

@Suite struct ReportFoldTests {
    @Test func thePredictionIsTheFirstOfTheLargestProbabilities() {
        func predicted(_ probabilities: [Float]) -> Int {
            ReportPrediction(clip: "a", speaker: "b", label: 0, probabilities: probabilities).predicted
        }
        #expect(predicted([0.2, 0.5, 0.3]) == 1)
        #expect(predicted([0.4, 0.2, 0.4]) == 0)
        #expect(predicted([1]) == 0)
    }
}
