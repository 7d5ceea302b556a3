import CKernels

/// x ← x + bias, row by row; the bias has one number a column.
public func addBias(_ bias: FloatBuffer, to x: Matrix) {
    precondition(bias.count == x.columns, "addBias: \(bias.count) numbers for \(x.columns) columns")
    timbre_add_bias(x.base, x.stride, bias.base, x.rows, x.columns)
}

/// x ← x + y, two matrices of one shape.
public func add(_ y: Matrix, to x: Matrix) {
    precondition(x.rows == y.rows && x.columns == y.columns, "add: \(y.rows)×\(y.columns) to \(x.rows)×\(x.columns)")
    timbre_add(x.base, x.stride, y.base, y.stride, x.rows, x.columns)
}
