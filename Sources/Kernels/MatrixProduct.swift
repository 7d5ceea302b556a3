import COpenBLAS

/// C ← α·op(A)·op(B) + β·C, where op transposes if asked to.
///
/// Shapes: op(A) is M×K, op(B) K×N, C M×N; a shape that does not fit is a programmer's error and traps. OpenBLAS
/// computes it on the calling thread alone (see ``useOneBLASThread``), so equal calls give equal bits.
public func multiply(
    _ a: Matrix, _ b: Matrix, into c: Matrix, transposeA: Bool = false, transposeB: Bool = false, alpha: Float = 1,
    beta: Float = 0
) {
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
        k == inner && c.rows == m && c.columns == n,
        "multiply: \(m)×\(k) by \(inner)×\(n) into \(c.rows)×\(c.columns)")
    guard m > 0, n > 0 else { return }
    _ = useOneBLASThread
    cblas_sgemm(
        CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m),
        Int32(n), Int32(k), alpha, a.base, a.leadingDimension, b.base, b.leadingDimension, beta, c.base,
        c.leadingDimension)
}

extension Matrix {
    /// The distance of the rows as BLAS wants it: at least their width, also of a matrix with one row or none.
    fileprivate var leadingDimension: Int32 {
        precondition(stride >= columns || rows <= 1, "multiply: rows of \(columns) numbers lie \(stride) apart")
        return Int32(max(1, columns, stride))
    }
}

/// Keeps each call of OpenBLAS on its caller's thread, because workers own the parallelism; set before the first product.
let useOneBLASThread: Void = openblas_set_num_threads(1)
