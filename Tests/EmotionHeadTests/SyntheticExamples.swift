import Randomness

@testable import EmotionHead

/// Normal clouds, one a class: the larger `distance`, the easier they are told apart.
func clouds(
    _ count: Int, inputs: Int = 10, classes: Int = 3, distance: Double = 4, seed: UInt64 = 1
) -> Examples {
    var generator = SeededGenerator(seed: seed, purpose: "clouds")
    let labels = (0..<count).map { _ in generator.below(classes) }
    let features = labels.flatMap { label in
        (0..<inputs).map { Float(generator.normalPair().0 + ($0 % classes == label ? distance : 0)) }
    }
    return Examples(inputs: inputs, features: features, labels: labels)
}

/// A small recipe that trains in a blink.
func smallRecipe(
    hidden: [Int] = [8], dropout: Double = 0.2, epochs: Int = 6, earlyStopping: EarlyStopping? = nil, seed: UInt64 = 5
) -> TrainingRecipe {
    TrainingRecipe(
        hidden: hidden, dropout: dropout, optimizer: AdamW(learningRate: 0.01), schedule: .linear, batch: 16,
        epochs: epochs, earlyStopping: earlyStopping, seed: seed)
}
