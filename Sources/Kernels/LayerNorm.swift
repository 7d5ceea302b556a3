import CKernels

/// y ← (x − mean) / √(variance + ε) · gain + bias, with the mean and variance of each row; y may be x.
///
/// The variance is the biased one (Ba, Kiros and Hinton, arXiv:1607.06450). Gain and bias have one number a column.
public func normalizeRows(of x: Matrix, into y: Matrix, gain: FloatBuffer, bias: FloatBuffer, epsilon: Float) {
    precondition(
        x.rows == y.rows && x.columns == y.columns, "normalizeRows: \(x.rows)×\(x.columns) into \(y.rows)×\(y.columns)")
    precondition(
        gain.count == x.columns && bias.count == x.columns,
        "normalizeRows: a gain of \(gain.count) and a bias of \(bias.count) numbers for \(x.columns) columns")
    loops.inference.layer_norm(x.base, x.stride, gain.base, bias.base, epsilon, y.base, y.stride, x.rows, x.columns)
}
