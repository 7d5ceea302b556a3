import Dispatch
import Testing

@testable import EmotionHead

@Suite struct TrainingTests {
    @Test(arguments: [[], [8], [8, 8]]) func separatesWhatIsEasilySeparable(_ hidden: [Int]) throws {
        let outcome = try train(
            smallRecipe(hidden: hidden, epochs: 20), classes: 3, training: clouds(200), validation: clouds(60, seed: 2))
        #expect(try #require(outcome.history.last?.validationAccuracy) >= 0.95)
        #expect(outcome.bestEpoch == 20)
    }

    @Test func recipeAndExamplesDecideTheResult() throws {
        let first = try train(smallRecipe(), classes: 3, training: clouds(70), validation: clouds(20, seed: 2))
        let second = try train(smallRecipe(), classes: 3, training: clouds(70), validation: clouds(20, seed: 2))
        #expect(first == second)
    }

    @Test func anotherSeedGivesAnotherHead() throws {
        let first = try train(smallRecipe(seed: 1), classes: 3, training: clouds(70), validation: nil)
        let second = try train(smallRecipe(seed: 2), classes: 3, training: clouds(70), validation: nil)
        #expect(first.head != second.head)
    }

    @Test func validationExamplesDoNotChangeTheTraining() throws {
        let with = try train(smallRecipe(), classes: 3, training: clouds(70), validation: clouds(20, seed: 2))
        let without = try train(smallRecipe(), classes: 3, training: clouds(70), validation: nil)
        #expect(with.head == without.head)
        #expect(with.history.map(\.trainLoss) == without.history.map(\.trainLoss))
        #expect(without.history.allSatisfy { $0.validationLoss == nil && $0.validationAccuracy == nil })
    }

    @Test func theStateThatTellsTheClassesApartCountsMost() throws {
        let (noise, telling) = (clouds(200, distance: 0, seed: 3), clouds(200))
        let features = (0..<200).flatMap { row in
            [noise, telling, noise].flatMap { $0.features[row * 10..<(row + 1) * 10] }
        }
        var recipe = smallRecipe(epochs: 20)
        (recipe.states, recipe.layerWeightsLearningRate) = (3, 0.05)
        let examples = Examples(inputs: 30, features: features, labels: telling.labels)
        let outcome = try train(recipe, classes: 3, training: examples, validation: nil)
        let weights = try #require(outcome.head.mixing).weights
        #expect(abs(weights.reduce(0, +) - 1) < 1e-6)
        #expect(weights[1] > 0.6)
    }

    @Test(arguments: [1, 2]) func everyThreadGivesTheSameBits(_ states: Int) async throws {
        var recipe = smallRecipe(hidden: [40, 20])
        recipe.states = states
        let (given, examples) = (recipe, clouds(150))
        let alone = try train(given, classes: 3, training: examples, validation: nil)
        let together = try await withThrowingTaskGroup(of: TrainingOutcome.self) { group in
            for _ in 0..<6 {
                group.addTask { try train(given, classes: 3, training: examples, validation: nil) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(together.allSatisfy { $0 == alone })
    }

    @Test func aBatchMayHoldMoreThanAllExamples() throws {
        var recipe = smallRecipe()
        recipe.batch = .max
        let outcome = try train(recipe, classes: 3, training: clouds(5), validation: nil)
        #expect(outcome.history.count == 6)
    }

    @Test func validationLossIsThatOfTheHeadGivenBack() throws {
        let validation = clouds(90, distance: 1, seed: 2)
        let outcome = try train(smallRecipe(), classes: 3, training: clouds(70), validation: validation)
        let probabilities = outcome.head.probabilities(of: validation.features)
        let right = zip(probabilities, validation.labels).filter { row, label in row.allSatisfy { $0 <= row[label] } }
        #expect(outcome.history.last?.validationAccuracy == Double(right.count) / 90)
    }
}
