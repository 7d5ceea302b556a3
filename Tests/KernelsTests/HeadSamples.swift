import Foundation
import Testing

@testable import Kernels

/// A linear layer and its inputs, of any shape: B, K, N.
struct LinearCase {
    /// Ones, less than a vector, whole tiles, and one past each block of the loops.
    static let shapes = [
        [1, 1, 1], [3, 5, 2], [4, 64, 16], [5, 65, 17], [16, 24, 8], [2, 3, 513], [67, 130, 33], [9, 1030, 3],
        [17, 6, 6],
    ]

    let batch, inputs, outputs: Int
    /// Outputs × inputs, and one number an output.
    let weight, bias: [Double]
    /// The inputs, one example a column and one a row, the rows with a one at the end.
    let columns, rows: Matrix
    let parameters: Matrix

    init(_ shape: [Int]) {
        (batch, inputs, outputs) = (shape[0], shape[1], shape[2])
        let x = padded(wave(batch * inputs, phase: 0), rows: batch)
        columns = transposed(x)
        rows = .padded(rows: batch, columns: inputs + 1)
        for row in 0..<batch { for k in 0...inputs { rows[row, k] = k < inputs ? x[row, k] : 1 } }
        parameters = padded(wave((inputs + 1) * outputs, phase: 2), rows: outputs)
        weight = parameters.columns(0..<inputs).numbers
        bias = parameters.columns(inputs..<inputs + 1).numbers
    }

    /// The inputs, one example a row.
    var x: [Double] { rows.columns(0..<inputs).numbers }
}

/// The columns as the rows of another padded matrix.
func transposed(_ matrix: Matrix) -> Matrix {
    let turned = Matrix.padded(rows: matrix.columns, columns: matrix.rows)
    for row in 0..<matrix.rows { for column in 0..<matrix.columns { turned[column, row] = matrix[row, column] } }
    return turned
}

/// Irregular numbers between −1 and 1.
func wave(_ count: Int, phase: Double) -> [Double] {
    (0..<count).map { index in
        let angle = 12.9898 * Double(index) + Double(index * index % 101)
        return sin(angle + phase)
    }
}

func padded(_ values: [Double], rows: Int, columns: Int? = nil) -> Matrix {
    let columns = columns ?? values.count / rows
    let matrix = Matrix.padded(rows: rows, columns: columns)
    for row in 0..<rows { for column in 0..<columns { matrix[row, column] = Float(values[row * columns + column]) } }
    return matrix
}

func paddingIsZero(_ matrix: Matrix) -> Bool {
    (0..<matrix.rows).allSatisfy { row in
        (matrix.columns..<matrix.stride).allSatisfy { matrix.storage[matrix.offset + row * matrix.stride + $0] == 0 }
    }
}

/// Records the largest difference beyond `absolute` + `relative` · |expected|, and where it is; NaN fails.
func expectClose(
    _ found: [Double], _ expected: [Double], relative: Double, absolute: Double,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    let excesses = zip(found, expected).map { abs($0 - $1) - relative * abs($1) }
    guard let worst = excesses.indices.max(by: { excesses[$0] < excesses[$1] || excesses[$1].isNaN }) else { return }
    #expect(
        excesses[worst] <= absolute, "index \(worst): \(found[worst]), expected \(expected[worst])",
        sourceLocation: sourceLocation)
}
