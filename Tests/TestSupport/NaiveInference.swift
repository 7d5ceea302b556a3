import Foundation

/// The naive twins of the inference kernels: plain loops in double precision over row-major arrays.
public enum NaiveInference {
    /// A (M×K) · B (K×N).
    public static func product(_ a: [Double], _ b: [Double], inner: Int, columns: Int) -> [Double] {
        (0..<a.count / max(inner, 1)).flatMap { row in
            (0..<columns).map { column in
                (0..<inner).reduce(0) { $0 + a[row * inner + $1] * b[$1 * columns + column] }
            }
        }
    }

    /// x · Φ(x).
    public static func gelu(_ x: Double) -> Double { x * 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// exp(x) / Σ exp(x), of one row.
    public static func softmax(_ row: [Double]) -> [Double] {
        let top = row.max() ?? 0
        let powers = row.map { exp($0 - top) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// (x − mean) / √(variance + ε) · gain + bias, of one row.
    public static func layerNorm(_ row: [Double], gain: [Double], bias: [Double], epsilon: Double) -> [Double] {
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        return row.indices.map { (row[$0] - mean) / (variance + epsilon).squareRoot() * gain[$0] + bias[$0] }
    }

    /// A convolution in time as PyTorch's `Conv1d` defines it, over channel-last frames.
    ///
    /// Shapes: frames T×inputs, weights outputs × inputs × taps, the result channel-last as well.
    public static func convolution(
        _ frames: [Double], inputs: Int, weights: [Double], taps: Int, step: Int
    ) -> [Double] {
        let outputs = weights.count / (inputs * taps)
        let count = frames.count / inputs
        guard count >= taps else { return [] }
        return (0...(count - taps) / step).flatMap { t in
            (0..<outputs).map { output in
                var sum = 0.0
                for input in 0..<inputs {
                    for tap in 0..<taps {
                        sum +=
                            frames[(t * step + tap) * inputs + input] * weights[(output * inputs + input) * taps + tap]
                    }
                }
                return sum
            }
        }
    }
}
