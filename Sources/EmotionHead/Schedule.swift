import Foundation

/// How the learning rate changes from epoch to epoch; within an epoch it stays.
public enum Schedule: Sendable, Hashable {
    /// The same in every epoch.
    case constant
    /// Straight down to zero after the last epoch: `torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, epochs)`.
    case linear
    /// Half a cosine down to zero after the last epoch: `CosineAnnealingLR(optimizer, epochs)`.
    case cosine
    /// Multiplied by `factor` when the loss has not improved for more than `patience` epochs: `ReduceLROnPlateau`.
    ///
    /// The loss is that of the validation examples where there are any, else that of training. To count as an
    /// improvement it must fall below the best one by more than a ten-thousandth of it. The defaults are PyTorch's.
    case plateau(factor: Double = 0.1, patience: Int = 10)
}

/// The learning rate while training goes on.
struct LearningRate {
    /// The rate of the epoch at hand.
    private(set) var current: Double
    private let schedule: Schedule
    private let initial: Double
    private let epochs: Int
    private var bestLoss = Double.infinity
    private var epochsWithoutImprovement = 0

    init(_ schedule: Schedule, initial: Double, epochs: Int) {
        self.schedule = schedule
        self.initial = initial
        self.epochs = epochs
        current = initial
    }

    /// Ends epoch `epoch`, counted from 1, which left the monitored loss at `loss`.
    mutating func finishEpoch(_ epoch: Int, loss: Double) {
        let progress = Double(epoch) / Double(epochs)
        switch schedule {
        case .constant: break
        case .linear: current = initial * (1 - progress)
        case .cosine: current = initial * (1 + cos(.pi * progress)) / 2
        case .plateau(let factor, let patience): watch(loss, factor: factor, patience: patience)
        }
    }

    private mutating func watch(_ loss: Double, factor: Double, patience: Int) {
        let threshold = 1e-4
        let smallestReduction = 1e-8
        if loss < bestLoss * (1 - threshold) {
            bestLoss = loss
            epochsWithoutImprovement = 0
        } else {
            epochsWithoutImprovement += 1
        }
        guard epochsWithoutImprovement > patience else { return }
        epochsWithoutImprovement = 0
        if current - current * factor > smallestReduction { current *= factor }
    }
}

/// The learning rates of the layers and of the weights of the states: two parameter groups under one schedule.
struct LearningRates {
    /// That of the layers.
    private(set) var head: LearningRate
    /// That of the weights of the states.
    private(set) var mixing: LearningRate

    init(_ recipe: TrainingRecipe) {
        let initial = recipe.optimizer.learningRate
        head = LearningRate(recipe.schedule, initial: initial, epochs: recipe.epochs)
        mixing = LearningRate(
            recipe.schedule, initial: recipe.layerWeightsLearningRate ?? initial, epochs: recipe.epochs)
    }

    /// Ends epoch `epoch`, counted from 1, which left the monitored loss at `loss`.
    mutating func finishEpoch(_ epoch: Int, loss: Double) {
        head.finishEpoch(epoch, loss: loss)
        mixing.finishEpoch(epoch, loss: loss)
    }
}
