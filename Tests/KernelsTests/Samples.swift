import Kernels
import TestSupport

/// A matrix of noise in ±2, `gap` numbers of something else between its rows.
func noiseMatrix(_ rows: Int, _ columns: Int, gap: Int = 0) -> Matrix {
    let matrix = Matrix(FloatBuffer(count: rows * (columns + gap)), rows: rows, columns: columns + gap)
    let values = floatNoise(rows * (columns + gap))
    for row in 0..<rows {
        for column in 0..<columns + gap { matrix[row, column] = 8 * values[row * (columns + gap) + column] }
    }
    return matrix.columns(0..<columns)
}

extension Matrix {
    /// Its numbers, row by row.
    var numbers: [Double] { rowNumbers.flatMap { $0 } }

    /// Its rows.
    var rowNumbers: [[Double]] { (0..<rows).map { row in (0..<columns).map { Double(self[row, $0]) } } }
}
