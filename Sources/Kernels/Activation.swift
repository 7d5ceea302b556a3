import CKernels

/// x ← GELU(x + bias), row by row, or GELU(x) without a bias; the bias has one number a column.
///
/// GELU(x) = x · Φ(x) with the normal distribution's function Φ, not its tanh approximation (Hendrycks and Gimpel,
/// arXiv:1606.08415).
public func applyGELU(to x: Matrix, addingBias bias: FloatBuffer? = nil) {
    if let bias { precondition(bias.count == x.columns, "applyGELU: \(bias.count) numbers for \(x.columns) columns") }
    loops.inference.gelu(x.base, x.stride, bias?.base, x.rows, x.columns)
}

/// x ← softmax of each row of x.
public func applySoftmax(toRowsOf x: Matrix) {
    loops.inference.softmax(x.base, x.stride, x.rows, x.columns)
}
