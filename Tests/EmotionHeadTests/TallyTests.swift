import Kernels
import Testing

@testable import EmotionHead

@Suite struct TallyTests {
    /// Two classes and three examples in two batches; equal logits lose ln 2 each, of whatever class.
    @Test func theLossIsTheWeightedMeanOverAllBatches() {
        var seen = Tally()
        seen.add(batch(labels: [0, 1], logits: [[0, 2], [0, 2]]))
        seen.add(batch(labels: [1], logits: [[-1], [1]]))
        // The third loses ln(1 + e⁻²) and weighs 3, as the second does.
        #expect(abs(seen.loss - (4 * 0.693_147_180_6 + 3 * 0.126_928_011) / 7) < 1e-6)
        #expect(seen.accuracy == 2.0 / 3)
    }

    private func batch(labels: [Int], logits: [[Float]]) -> Tally {
        let matrix = Matrix.padded(rows: 2, columns: labels.count)
        for row in 0..<2 { for column in labels.indices { matrix[row, column] = logits[row][column] } }
        return Tally(of: matrix, labels: labels, weights: LossWeights(classes: [1, 3], smoothing: 0))
    }
}
