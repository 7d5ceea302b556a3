import Testing

@testable import EmotionHead

@Suite struct ClassWeightsTests {
    @Test func noneWeighsAllAlike() {
        #expect(ClassWeights.none.weights(of: [0, 0, 2], classes: 3) == [1, 1, 1])
    }

    /// `sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2])`.
    @Test func balancedIsThatOfScikitLearn() {
        #expect(ClassWeights.balanced.weights(of: [0, 2, 0, 1, 0, 2], classes: 3) == [Float(2.0 / 3), 2, 1])
    }

    @Test func aClassWithoutExamplesWeighsOne() {
        #expect(ClassWeights.balanced.weights(of: [0, 0, 2, 2], classes: 4) == [0.5, 1, 0.5, 1])
    }
}
