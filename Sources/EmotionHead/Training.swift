import Randomness

/// What training gave.
public struct TrainingOutcome: Sendable, Equatable {
    /// The head with the weights of the best epoch, which without early stopping is the last.
    public var head: Head
    /// What each epoch gave, in order.
    public var history: [EpochRecord]
    /// The epoch whose weights the head has, from 1.
    public var bestEpoch: Int
}

/// Trains a head on the calling thread.
///
/// Recipe and examples alone decide the result, to the bit on one kind of machine: initial weights, batch order and dropout
/// come from the recipe's seed. With early stopping, the epoch that is best on the validation examples gives the
/// weights; otherwise the validation examples are only measured.
///
/// Throws an ``EmotionHeadError``: a setting or an example that cannot be trained on is found before training, a loss
/// that is not finite ends it.
public func train(
    _ recipe: TrainingRecipe, classes: Int, training: Examples, validation: Examples?
) throws -> TrainingOutcome {
    try check(recipe, classes: classes)
    try check(training, validation: validation, classes: classes, recipe: recipe)
    let architecture = HeadArchitecture(
        states: recipe.states, inputs: training.inputs / recipe.states, hidden: recipe.hidden, classes: classes,
        dropout: recipe.dropout)
    try checkSize(architecture)
    var trainer = Trainer(
        recipe, training: training, validation: validation, head: Head(untrained: architecture, seed: recipe.seed))
    var orders = SeededGenerator(seed: recipe.seed, purpose: "head batch order")
    return try trainer.run { _ in orders.shuffled(0..<training.count) }
}
