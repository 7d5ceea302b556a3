import CKernels

/// x ← x + bias, row by row; the bias has one number a column.
public func addBias(_ bias: FloatBuffer, to x: Matrix) {
    precondition(bias.count == x.columns, "addBias: \(bias.count) numbers for \(x.columns) columns")
    loops.inference.add_bias(x.base, x.stride, bias.base, x.rows, x.columns)
}

/// x ← x + y, two matrices of one shape.
public func add(_ y: Matrix, to x: Matrix) {
    combine(x, 1, y, into: x)
}

/// z ← x + scale · y, three matrices of one shape; z may be x or y.
public func combine(_ x: Matrix, _ scale: Float, _ y: Matrix, into z: Matrix) {
    precondition(x.shape == y.shape && x.shape == z.shape, "combine: \(x.shape) and \(y.shape) into \(z.shape)")
    loops.inference.combine(x.base, x.stride, scale, y.base, y.stride, z.base, z.stride, z.rows, z.columns)
}
