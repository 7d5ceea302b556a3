import Foundation

/// The naive twins of the kernels of head training: plain loops in double precision over row-major arrays.
public enum NaiveHead {
    /// Z (rows × outputs) = X (rows × inputs) · Wᵀ + b, with W (outputs × inputs) as PyTorch keeps it.
    public static func linear(_ x: [Double], weight: [Double], bias: [Double]) -> [Double] {
        let outputs = bias.count
        let inputs = weight.count / outputs
        var z: [Double] = []
        for row in 0..<x.count / inputs {
            for n in 0..<outputs {
                z.append((0..<inputs).reduce(bias[n]) { $0 + x[row * inputs + $1] * weight[n * inputs + $1] })
            }
        }
        return z
    }

    /// max(z, 0), where `kept` allows it, times `scale`.
    public static func rectify(_ z: [Double], kept: [Bool], scale: Double) -> [Double] {
        zip(z, kept).map { $1 ? max($0, 0) * scale : 0 }
    }

    /// Which of `count` units survive dropout: sixteen bits of the draws each, lowest first, below `threshold` dropped.
    public static func kept(_ count: Int, draws: [UInt64], threshold: UInt16) -> [Bool] {
        (0..<count).map { UInt16(truncatingIfNeeded: draws[$0 / 4] >> (16 * UInt64($0 % 4))) >= threshold }
    }

    /// Softmax, row by row.
    public static func softmax(_ logits: [Double], classes: Int) -> [Double] {
        stride(from: 0, to: logits.count, by: classes).flatMap { start in
            let powers = logits[start..<start + classes].map { exp($0) }
            let sum = powers.reduce(0, +)
            return powers.map { $0 / sum }
        }
    }

    /// The sum over the rows of −log softmax at the label.
    public static func crossEntropy(_ logits: [Double], labels: [Int], classes: Int) -> Double {
        let probabilities = softmax(logits, classes: classes)
        return labels.enumerated().reduce(0) { $0 - log(probabilities[$1.offset * classes + $1.element]) }
    }

    /// Xᵀ·Δ (inputs × outputs) from X (rows × inputs) and Δ (rows × outputs), then the column sums of Δ.
    public static func gradient(x: [Double], delta: [Double], inputs: Int, outputs: Int) -> [Double] {
        let rows = delta.count / outputs
        var gradient = [Double](repeating: 0, count: (inputs + 1) * outputs)
        for row in 0..<rows {
            for n in 0..<outputs {
                for k in 0..<inputs { gradient[k * outputs + n] += x[row * inputs + k] * delta[row * outputs + n] }
                gradient[inputs * outputs + n] += delta[row * outputs + n]
            }
        }
        return gradient
    }
}

/// AdamW on one number, as Loshchilov and Hutter (arXiv:1711.05101) and PyTorch write it.
public struct NaiveAdamW {
    /// The number being optimised.
    public var parameter: Double
    private var first = 0.0
    private var second = 0.0
    private var steps = 0

    /// Starts at `parameter`, with moments of zero.
    public init(_ parameter: Double) { self.parameter = parameter }

    /// One step against `gradient`.
    public mutating func step(
        gradient: Double, learningRate: Double, weightDecay: Double, beta1: Double, beta2: Double, epsilon: Double
    ) {
        steps += 1
        parameter -= learningRate * weightDecay * parameter
        first = beta1 * first + (1 - beta1) * gradient
        second = beta2 * second + (1 - beta2) * gradient * gradient
        let correctedFirst = first / (1 - pow(beta1, Double(steps)))
        let correctedSecond = second / (1 - pow(beta2, Double(steps)))
        parameter -= learningRate * correctedFirst / (correctedSecond.squareRoot() + epsilon)
    }
}
