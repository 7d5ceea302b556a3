import Kernels

/// How much the examples of each class weigh in the loss.
public enum ClassWeights: String, Sendable, Hashable, CaseIterable {
    /// All alike.
    case none
    /// Each class as much in all as any other: n / (C · n_c) for C classes and n training examples, n_c of the class, as
    /// scikit-learn's "balanced" has it.
    ///
    /// A class without training examples weighs 1, as without weights.
    case balanced

    /// One weight a class.
    func weights(of labels: [Int], classes: Int) -> [Float] {
        guard self == .balanced else { return Array(repeating: 1, count: classes) }
        let counts = labels.reduce(into: Array(repeating: 0, count: classes)) { $0[$1] += 1 }
        return counts.map { $0 == 0 ? 1 : Float(Double(labels.count) / Double(classes * $0)) }
    }
}

extension LossWeights {
    /// The recipe's, for a training on these examples.
    init(_ recipe: TrainingRecipe, training: Examples, classes: Int) {
        self.init(
            classes: recipe.classWeights.weights(of: training.labels, classes: classes),
            smoothing: Float(recipe.labelSmoothing))
    }
}
