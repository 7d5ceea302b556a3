import CKernels

// Letters of this file: B examples, L states of an example, D numbers of a state. A row of the table of examples holds its
// states one after another: L·D numbers.

/// Row i of `mixed` ← Σ_l coefficients_l · h_l, feature by feature, over the states h of row `rows[i]` of the table.
///
/// Shapes: the coefficients are L×D, `mixed` B×D.
public func mix(_ rows: [Int], of table: [Float], coefficients: Matrix, into mixed: Matrix) {
    precondition(
        rows.count == mixed.rows && coefficients.columns == mixed.columns,
        "mix: \(rows.count) rows by \(coefficients.shape) into \(mixed.shape)")
    forEachRow(rows, of: table, width: coefficients.rows * coefficients.columns) { position, states in
        loops.head.mix(
            states, mixed.columns, coefficients.rows, coefficients.base, coefficients.stride,
            mixed.base + position * mixed.stride)
    }
}

/// The gradient with respect to one weight a state, given that with respect to the mixed rows: Σ over rows and features of
/// h_l · gradient, summed in order of the rows.
///
/// Shapes: the gradient is B×D, the result L.
public func mixGradient(_ rows: [Int], of table: [Float], states: Int, gradient: Matrix) -> [Double] {
    precondition(rows.count == gradient.rows, "mixGradient: \(rows.count) rows by \(gradient.shape)")
    var slopes = [Double](repeating: 0, count: states)
    forEachRow(rows, of: table, width: states * gradient.columns) { position, row in
        loops.head.mix_gradient(
            row, gradient.columns, states, gradient.base + position * gradient.stride, &slopes)
    }
    return slopes
}

/// Sets every number.
public func fill(_ matrix: Matrix, with value: Float) {
    for row in 0..<matrix.rows { (matrix.base + row * matrix.stride).update(repeating: value, count: matrix.columns) }
}
