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

    /// The gradient (rows × inputs) of what a linear layer was given, from that of what it gave (rows × outputs): Δ·W.
    public static func inputGradient(_ delta: [Double], weight: [Double], outputs: Int) -> [Double] {
        let inputs = weight.count / outputs
        return stride(from: 0, to: delta.count, by: outputs).flatMap { row in
            (0..<inputs).map { k in
                (0..<outputs).reduce(0) { $0 + delta[row + $1] * weight[$1 * inputs + k] }
            }
        }
    }

    /// The gradient of weights and biases, outputs × (inputs + 1): Δᵀ·X from Δ (rows × outputs) and X (rows × inputs), each
    /// row followed by the sum of a column of Δ.
    public static func gradient(x: [Double], delta: [Double], outputs: Int) -> [Double] {
        let rows = delta.count / outputs
        let inputs = x.count / rows
        return (0..<outputs).flatMap { n in
            (0...inputs).map { k in
                (0..<rows).reduce(0) { $0 + delta[$1 * outputs + n] * (k < inputs ? x[$1 * inputs + k] : 1) }
            }
        }
    }

    /// Σ_l coefficients_l · state_l, feature by feature: rows of states, `width` numbers each, to rows × width.
    public static func mix(_ states: [Double], coefficients: [Double], width: Int) -> [Double] {
        stride(from: 0, to: states.count, by: coefficients.count).flatMap { row in
            (0..<width).map { d in
                stride(from: d, to: coefficients.count, by: width).reduce(0) {
                    $0 + coefficients[$1] * states[row + $1]
                }
            }
        }
    }

    /// The gradient of one weight a state, from that of what `mix` gave (rows × width).
    public static func mixGradient(_ rows: [Double], gradient: [Double], states: Int, width: Int) -> [Double] {
        (0..<states).map { state in
            gradient.indices.reduce(0) { sum, index in
                let (row, d) = (index / width, index % width)
                return sum + gradient[index] * rows[(row * states + state) * width + d]
            }
        }
    }
}

/// `torch.nn.CrossEntropyLoss(weight, label_smoothing)` in double precision.
public struct NaiveLoss {
    private let labels: [Int]
    private let weights: [Double]
    private let smoothing: Double

    /// One label an example, one weight a class, and the share spread over the classes.
    public init(labels: [Int], weights: [Double], smoothing: Double = 0) {
        (self.labels, self.weights, self.smoothing) = (labels, weights, smoothing)
    }

    /// The sum of the weights of the examples' classes.
    public var weightSum: Double { labels.reduce(0) { $0 + weights[$1] } }

    /// The sum of the examples' losses, given their logits (examples × classes).
    public func sum(_ logits: [Double]) -> Double {
        let probabilities = NaiveHead.softmax(logits, classes: weights.count)
        return zip(probabilities, targets).reduce(0) { $1.1 == 0 ? $0 : $0 - $1.1 * log($1.0) }
    }

    /// Its gradient with respect to the logits.
    public func gradient(_ logits: [Double]) -> [Double] {
        let probabilities = NaiveHead.softmax(logits, classes: weights.count)
        return stride(from: 0, to: logits.count, by: weights.count).flatMap { start in
            let own = start..<start + weights.count
            let total = targets[own].reduce(0, +)
            return own.map { total * probabilities[$0] - targets[$0] }
        }
    }

    private var targets: [Double] {
        labels.flatMap { label in
            weights.indices.map { c in
                (smoothing / Double(weights.count) + (c == label ? 1 - smoothing : 0)) * weights[c]
            }
        }
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
