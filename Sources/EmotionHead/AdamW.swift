import Foundation
import Kernels

/// The optimiser AdamW: Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101).
///
/// Weights and biases alike decay. The defaults are those of `torch.optim.AdamW`; the learning rate has none.
public struct AdamW: Sendable, Hashable {
    /// The learning rate of the first epoch.
    public var learningRate: Double
    /// The part of a parameter that decays a step, divided by the learning rate.
    public var weightDecay: Double
    /// How much of the running mean of the gradient stays, a step.
    public var beta1: Double
    /// How much of the running mean of the squared gradient stays, a step.
    public var beta2: Double
    /// Added to the root of the second moment.
    public var epsilon: Double

    /// Gathers the numbers.
    public init(
        learningRate: Double, weightDecay: Double = 0.01, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.learningRate = learningRate
        self.weightDecay = weightDecay
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }

    /// Step `count`, from 1, at a learning rate: `_single_tensor_adam` of torch/optim/adam.py (2.13.0), the scalars formed
    /// in double precision.
    ///
    /// The root is multiplied by the reciprocal of √(1 − beta2^count) instead of divided by it: one division less for
    /// each parameter.
    func step(_ count: Int, learningRate: Double) -> AdamWStep {
        let firstCorrection = 1 - pow(beta1, Double(count))
        let secondCorrection = 1 - pow(beta2, Double(count))
        return AdamWStep(
            decay: Float(1 - learningRate * weightDecay), firstBlend: Float(1 - beta1), secondDecay: Float(beta2),
            secondBlend: Float(1 - beta2), stepSize: Float(learningRate / firstCorrection),
            rootScale: Float(1 / secondCorrection.squareRoot()), epsilon: Float(epsilon))
    }
}
