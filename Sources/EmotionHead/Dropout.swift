import Kernels
import Randomness

/// Inverted dropout: while training, a hidden unit is dropped with a given probability and the others are scaled up.
///
/// The probability is rounded to p = threshold / 65536, so that one 64-bit draw of the generator decides four units, and
/// the units kept are scaled by 1 / (1 − p), which keeps the expectation exact.
struct Dropout {
    private let threshold: UInt16
    private var generator: SeededGenerator
    private var draws: [UInt64]

    /// What the units kept are multiplied by.
    let scale: Float

    /// Nil where the probability rounds to zero; `units` is how many are decided at once, at most.
    init?(probability: Double, units: Int, seed: UInt64) {
        threshold = UInt16(min((probability * 65536).rounded(), 65535))
        guard threshold > 0, units > 0 else { return nil }
        scale = Float(65536 / (65536 - Double(threshold)))
        generator = SeededGenerator(seed: seed, purpose: "head dropout")
        draws = [UInt64](repeating: 0, count: (units + 3) / 4)
    }

    /// ReLU, then dropout, of a batch's hidden units, one example a column.
    mutating func rectify(_ units: Matrix) {
        for draw in 0..<(units.rows * units.columns + 3) / 4 { draws[draw] = generator.next() }
        Kernels.rectify(units, droppingBelow: threshold, draws: draws, scale: scale)
    }
}
