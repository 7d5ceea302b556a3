import Foundation
import TestSupport

@testable import EmotionHead

/// What `Tests/Fixtures/emotionhead/make_training.py` wrote: examples, orders, and what PyTorch made of each case.
struct TorchFixture: Decodable {
    struct Part: Decodable {
        let features: [Float]
        let labels: [Int]
    }

    struct Optimizer: Decodable {
        let learningRate, weightDecay, beta1, beta2, epsilon: Double
    }

    struct Plateau: Decodable {
        let factor: Double
        let patience: Int
    }

    struct Layer: Decodable {
        let weight, bias: [Float]
    }

    struct Epoch: Decodable {
        let learningRate, trainLoss, trainAccuracy, validationLoss, validationAccuracy: Double
    }

    struct Case: Decodable {
        let name, schedule: String
        let hidden: [Int]
        let initial: [Layer]
        let history: [Epoch]
        let states: Int?
        let layerWeightsLearningRate, labelSmoothing: Double?
        let classWeights: String?
        let layerWeights: [Float]?
    }

    let inputs, classes, batch, epochs: Int
    let optimizer: Optimizer
    let plateau: Plateau
    let train, validation: Part
    let orders: [[Int]]
    let cases: [Case]

    static func read() throws -> TorchFixture {
        try JSONDecoder().decode(TorchFixture.self, from: Data(contentsOf: fixture("emotionhead/training.json")))
    }

    var training: Examples { Examples(inputs: inputs, features: train.features, labels: train.labels) }
    var validating: Examples { Examples(inputs: inputs, features: validation.features, labels: validation.labels) }

    func recipe(of torchCase: Case) throws -> TrainingRecipe {
        TrainingRecipe(
            hidden: torchCase.hidden, states: torchCase.states ?? 1,
            optimizer: AdamW(
                learningRate: optimizer.learningRate, weightDecay: optimizer.weightDecay, beta1: optimizer.beta1,
                beta2: optimizer.beta2, epsilon: optimizer.epsilon),
            layerWeightsLearningRate: torchCase.layerWeightsLearningRate,
            schedule: try schedule(named: torchCase.schedule), batch: batch, epochs: epochs,
            labelSmoothing: torchCase.labelSmoothing ?? 0,
            classWeights: try torchCase.classWeights.map(classWeights(named:)) ?? ClassWeights.none, seed: 0)
    }

    /// A trainer that starts from the case's weights.
    func trainer(of torchCase: Case, earlyStopping: EarlyStopping? = nil) throws -> Trainer {
        var recipe = try recipe(of: torchCase)
        recipe.earlyStopping = earlyStopping
        let states = torchCase.states ?? 1
        let architecture = HeadArchitecture(
            states: states, inputs: inputs / states, hidden: torchCase.hidden, classes: classes, dropout: 0)
        let mixing = states > 1 ? Head.Mixing(evenly: states, inputs: inputs / states) : nil
        let layers = torchCase.initial.map { Head.LinearLayer(weight: $0.weight, bias: $0.bias) }
        return Trainer(
            recipe, training: training, validation: validating,
            head: Head(architecture: architecture, mixing: mixing, layers: layers))
    }

    private func schedule(named name: String) throws -> Schedule {
        switch name {
        case "constant": return .constant
        case "linear": return .linear
        case "cosine": return .cosine
        case "plateau": return .plateau(factor: plateau.factor, patience: plateau.patience)
        default: throw Unknown(name: name)
        }
    }

    private func classWeights(named name: String) throws -> ClassWeights {
        guard let weights = ClassWeights(rawValue: name) else { throw Unknown(name: name) }
        return weights
    }

    private struct Unknown: Error {
        let name: String
    }
}
