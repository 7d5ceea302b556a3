import Testing

@testable import SpeechEmotion

@Suite struct PredictionTests {
    @Test func theFactorIsComputingOverAudio() {
        let computed = Prediction(file: "a", probabilities: [0.4, 0.6], seconds: 4, computeSeconds: 1)
        #expect(computed.realTimeFactor == 0.25)
        #expect(computed.top == 1)
        #expect(Prediction(file: "a", probabilities: [1], seconds: 4, computeSeconds: nil).realTimeFactor == nil)
    }
}
