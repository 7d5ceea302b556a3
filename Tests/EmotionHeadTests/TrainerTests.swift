import TestSupport
import Testing

@testable import EmotionHead

@Suite struct TrainerTests {
    /// All losses and weights of states within 1e-6 of PyTorch's, relatively; the largest
    /// differences measured were 2.2e-7 in a loss and 4.8e-7 in a weight.
    @Test(arguments: [
        "adamw-constant", "adamw-linear", "adamw-cosine", "adamw-plateau", "no-hidden-layer", "two-hidden-layers",
        "label-smoothing", "class-weights", "smoothing-and-class-weights", "weighted-sum", "weighted-sum-own-rate",
        "weighted-sum-plateau", "weighted-sum-no-hidden-layer",
    ])
    func followsPyTorch(_ name: String) throws {
        let fixture = try TorchFixture.read()
        let torchCase = try #require(fixture.cases.first { $0.name == name })
        var trainer = try fixture.trainer(of: torchCase)
        let outcome = try trainer.run { fixture.orders[$0 - 1] }
        #expect(outcome.history.count == torchCase.history.count)
        #expect(outcome.bestEpoch == torchCase.history.count)
        for (found, expected) in zip(outcome.history, torchCase.history) {
            #expect(isClose(found.learningRate, expected.learningRate, 1e-8))
            #expect(isClose(found.trainLoss, expected.trainLoss, 1e-6))
            #expect(isClose(found.trainAccuracy, expected.trainAccuracy, 1e-8))
            #expect(isClose(try #require(found.validationLoss), expected.validationLoss, 1e-6))
            #expect(isClose(try #require(found.validationAccuracy), expected.validationAccuracy, 1e-8))
        }
        #expect(outcome.head.mixing?.weights.count == torchCase.layerWeights?.count)
        for (found, expected) in zip(outcome.head.mixing?.weights ?? [], torchCase.layerWeights ?? []) {
            #expect(isClose(Double(found), Double(expected), 1e-6))
        }
    }

    @Test func earlyStoppingEndsTrainingAndRestoresTheBestEpoch() throws {
        let fixture = try TorchFixture.read()
        let torchCase = try #require(fixture.cases.first { $0.name == "adamw-constant" })
        var stopping = try fixture.trainer(of: torchCase, earlyStopping: EarlyStopping(monitor: .loss, patience: 1))
        let stopped = try stopping.run { fixture.orders[$0 - 1] }
        #expect(stopped.bestEpoch == 3)
        #expect(stopped.history.count == 4)

        let restored = Trainer(
            try fixture.recipe(of: torchCase), training: fixture.training, validation: fixture.validating,
            head: stopped.head)
        let loss = try restored.evaluate(fixture.validating, at: Array(0..<40), epoch: 3).loss
        #expect(loss == stopped.history[2].validationLoss)
    }

    @Test func earlyStoppingRestoresTheWeightsOfTheStates() throws {
        let fixture = try TorchFixture.read()
        let torchCase = try #require(fixture.cases.first { $0.name == "weighted-sum-own-rate" })
        var stopping = try fixture.trainer(of: torchCase, earlyStopping: EarlyStopping(monitor: .loss, patience: 1))
        let stopped = try stopping.run { fixture.orders[$0 - 1] }
        #expect(stopped.bestEpoch < stopped.history.count)
        let restored = Trainer(
            try fixture.recipe(of: torchCase), training: fixture.training, validation: nil, head: stopped.head)
        let loss = try restored.evaluate(fixture.validating, at: Array(0..<40), epoch: 1).loss
        #expect(loss == stopped.history[stopped.bestEpoch - 1].validationLoss)
    }

    @Test(arguments: [[], [7], [9, 6]], [0, 0.5]) func theGradientIsThatOfFiniteDifferences(
        hidden: [Int], dropout: Double
    ) {
        let examples = clouds(6, inputs: 5, classes: 3, distance: 1)
        let architecture = HeadArchitecture(inputs: 5, hidden: hidden, classes: 3, dropout: dropout)
        let head = Head(untrained: architecture, seed: 11)
        // With beta1 = 0 the first moment is the gradient, and with a learning rate of 0 the weights stay.
        var recipe = smallRecipe(hidden: hidden, dropout: dropout, seed: 12)
        recipe.optimizer.beta1 = 0
        var trainer = Trainer(recipe, training: examples, validation: nil, head: head)
        recipe.optimizer.learningRate = 0
        let result = trainer.step(Array(0..<6)[...], rates: LearningRates(recipe))

        let twin = NaiveNetwork(head, dropoutSeed: 12)
        #expect(isClose(result.loss, twin.loss(of: examples), 1e-5))
        for (position, optimized) in trainer.optimized.enumerated() {
            let (weight, bias) = twin.gradient(ofLayer: position, examples: examples)
            let inputs = optimized.values.columns - 1
            for n in bias.indices {
                #expect(abs(Double(optimized.firstMoment[n, inputs]) - bias[n]) <= 1e-6)
                for k in 0..<inputs {
                    #expect(abs(Double(optimized.firstMoment[n, k]) - weight[n * inputs + k]) <= 1e-6)
                }
            }
        }
    }

    @Test(arguments: [[], [7], [9, 6]], [0, 0.5]) func theGradientOfTheStatesIsThatOfFiniteDifferences(
        hidden: [Int], dropout: Double
    ) throws {
        let examples = clouds(18, inputs: 20, classes: 3, distance: 1)
        let architecture = HeadArchitecture(states: 4, inputs: 5, hidden: hidden, classes: 3, dropout: dropout)
        let drawn = Head(untrained: architecture, seed: 11)
        let weights: [Float] = [0.125, 0.5, 0.125, 0.25]
        let mixing = Head.Mixing(weights: weights, coefficients: weights.flatMap { Array(repeating: $0, count: 5) })
        let head = Head(architecture: architecture, mixing: mixing, layers: drawn.layers)
        var recipe = smallRecipe(hidden: hidden, dropout: dropout, seed: 12)
        (recipe.states, recipe.labelSmoothing, recipe.classWeights) = (4, 0.2, .balanced)
        (recipe.optimizer.beta1, recipe.optimizer.learningRate, recipe.batch) = (0, 0, 18)
        var trainer = Trainer(recipe, training: examples, validation: nil, head: head)
        let result = trainer.step(Array(0..<18)[...], rates: LearningRates(recipe))

        let twin = NaiveNetwork(head, dropoutSeed: 12)
        let classWeights = ClassWeights.balanced.weights(of: examples.labels, classes: 3).map(Double.init)
        let loss = { (twin: NaiveNetwork) in twin.loss(of: examples, classWeights: classWeights, smoothing: 0.2) }
        #expect(isClose(result.loss, loss(twin), 1e-6))
        let moments = try #require(trainer.mixing).parameters.firstMoment
        for (state, slope) in twin.scoreGradient(of: loss).enumerated() {
            #expect(abs(Double(moments[0, state]) - slope) <= 1e-6)
        }
    }

    @Test func aTableWithMoreRowsThanExamplesTrainsTheSameHead() throws {
        let examples = clouds(40)
        var table = [Float](repeating: .nan, count: 10)
        for row in (0..<40).reversed() { table += examples.features[row * 10..<(row + 1) * 10] }
        let view = Examples(inputs: 10, features: table, rows: (0..<40).map { 40 - $0 }, labels: examples.labels)
        let validation = Examples(inputs: 10, features: table, rows: [3, 1], labels: [0, 2])
        let copied = Examples(
            inputs: 10, features: [3, 1].flatMap { table[$0 * 10..<($0 + 1) * 10] }, labels: [0, 2])
        let recipe = smallRecipe()
        let expected = try train(recipe, classes: 3, training: examples, validation: copied)
        #expect(try train(recipe, classes: 3, training: view, validation: validation) == expected)
    }

    @Test func aLossThatIsNotFiniteStopsTraining() {
        let examples = clouds(40)
        var recipe = smallRecipe(hidden: [])
        recipe.optimizer.learningRate = 3e38
        expectDiagnosis(
            """
            training diverged
              where:    epoch 1, batch 2 of 3
              found:    a loss of nan at learning rate 3e+38
              expected: a finite loss
              try:      lower optimizer.learningRate in the train stage of the stage file
            """, exit: .badData
        ) { try train(recipe, classes: 3, training: examples, validation: nil) }
    }

    @Test func aValidationLossThatIsNotFiniteStopsTraining() {
        let training = clouds(16)
        var recipe = smallRecipe(hidden: [])
        recipe.optimizer.learningRate = 3e37
        expectDiagnosis(
            """
            training diverged
              where:    validation after epoch 1
              found:    a loss of nan
              expected: a finite loss
              try:      lower optimizer.learningRate in the train stage of the stage file
            """, exit: .badData
        ) { try train(recipe, classes: 3, training: training, validation: clouds(8)) }
    }

    @Test func weightsThatAreNotFiniteAreNotGivenOut() {
        var recipe = smallRecipe(hidden: [], epochs: 1)
        recipe.optimizer.learningRate = 1e39
        expectDiagnosis(
            """
            training diverged
              where:    the end of epoch 1
              found:    weights of linear layer 1 that are not finite
              expected: finite weights and moments
              try:      lower optimizer.learningRate in the train stage of the stage file
            """, exit: .badData
        ) { try train(recipe, classes: 3, training: clouds(16), validation: nil) }
    }

    @Test func aSecondMomentThatOverflowsIsFoundThoughNoLossShowsIt() {
        // Gradients of 1e20 have squares that no Float32 holds; the parameter would stand still for ever.
        var examples = clouds(16)
        examples.features = examples.features.map { $0 * 1e19 }
        var recipe = smallRecipe(hidden: [], epochs: 1)
        recipe.optimizer.learningRate = 1e-30
        #expect(throws: EmotionHeadError.weightsNotFinite(tensors: "second moments of linear layer 1", epoch: 1)) {
            try train(recipe, classes: 3, training: examples, validation: nil)
        }
    }

    @Test func weightsOfStatesThatAreNotFiniteAreFound() {
        var recipe = smallRecipe(hidden: [], epochs: 1)
        recipe.states = 2
        recipe.layerWeightsLearningRate = 1e39
        #expect(throws: EmotionHeadError.weightsNotFinite(tensors: "weights of the states", epoch: 1)) {
            try train(recipe, classes: 3, training: clouds(16), validation: nil)
        }
    }
}

/// Whether two numbers differ by at most `tolerance` of the second; NaN does not.
func isClose(_ found: Double, _ expected: Double, _ tolerance: Double) -> Bool {
    abs(found - expected) <= tolerance * abs(expected)
}
