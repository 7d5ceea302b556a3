import CKernels

/// Room for what products need beside their factors; one for each worker.
public final class ProductScratch {
    private var buffer = FloatBuffer(count: 0)

    /// Room that is made when it is needed.
    public init() {}

    func words(_ count: Int) -> FloatBuffer {
        if buffer.count < count { buffer = FloatBuffer(uninitializedCount: count) }
        return buffer
    }
}

/// C ← addend + A · B + bias, through GELU where asked; without an addend or a bias, zero takes its place.
///
/// Shapes: A is M×depth, B depth×columns, C and the addend M×columns, which may be one matrix, the bias `columns` numbers. The rows
/// of A may overlap, as windows do. Each number of C is summed from bias and addend on down the depth in order, whatever M is;
/// OpenBLAS, where it multiplies, keeps to an order of its own.
public func multiply(
    _ a: Matrix, _ b: PackedMatrix, into c: Matrix, onto addend: Matrix? = nil, bias: FloatBuffer? = nil,
    throughGELU: Bool = false, _ scratch: ProductScratch
) {
    precondition(
        a.columns == b.depth && c.rows == a.rows && c.columns == b.columns,
        "multiply: \(a.shape) by \(b.depth)×\(b.columns) into \(c.shape)")
    precondition(
        addend.map { $0.rows == c.rows && $0.columns == c.columns } ?? true && (bias?.count ?? c.columns) == c.columns,
        "multiply: an addend of \(addend?.shape ?? "nothing"), a bias of \(bias?.count ?? 0) onto \(c.shape)")
    guard c.rows > 0, c.columns > 0 else { return }
    guard let multiplier = multiplier(at: b.precision) else {
        return multiplyWithOpenBLAS(a, b, into: c, onto: addend, bias: bias, throughGELU: throughGELU, scratch)
    }
    let narrowed = b.precision == .float32 ? nil : scratch.words(Int(TIMBRE_NARROWED_WORDS)).base
    var product = timbre_product(
        a: a.base, a_stride: a.stride, packed: b.words.base, addend: addend?.base, addend_stride: addend?.stride ?? 0,
        c: c.base, c_stride: c.stride, bias: bias?.base, through_gelu: throughGELU, rows: a.rows, depth: a.columns,
        columns: c.columns, narrowed: narrowed)
    multiplier.pointee.multiply(&product)
}

private func multiplyWithOpenBLAS(
    _ a: Matrix, _ b: PackedMatrix, into c: Matrix, onto addend: Matrix?, bias: FloatBuffer?, throughGELU: Bool,
    _ scratch: ProductScratch
) {
    if let addend, addend.base != c.base { copy(addend, into: c) }
    let weights = Matrix(b.words, rows: b.depth, columns: b.columns)
    if a.stride >= a.columns || a.rows <= 1 {
        multiply(a, weights, into: c, beta: addend == nil ? 0 : 1)
    } else {
        multiplyWindows(a, weights, into: c, adding: addend != nil, scratch)
    }
    if throughGELU {
        applyGELU(to: c, addingBias: bias)
    } else if let bias {
        addBias(bias, to: c)
    }
}

/// The product of windows that overlap, which OpenBLAS takes no view of.
///
/// A is multiplied in blocks of as many whole frames as make products deep enough to be fast. Where that is more than one,
/// the blocks of all rows are laid out one after another.
private func multiplyWindows(
    _ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool, _ scratch: ProductScratch
) {
    precondition(a.stride > 0, "multiply: every row of the matrix is the same")
    let frames = max(1, 768 / a.stride), width = min(a.columns, frames * a.stride)
    let blocks = (a.columns + width - 1) / width
    var unfolded: Matrix?
    if frames > 1 {
        let rows = a.rows + (blocks - 1) * frames
        let laidOut = Matrix(scratch.words(rows * width), rows: rows, columns: width)
        copyWindows(a, width: width, into: laidOut)
        unfolded = laidOut
    }
    for block in 0..<blocks {
        let depth = block * width..<min((block + 1) * width, a.columns)
        let factor =
            unfolded.map { $0.rows(block * frames..<block * frames + a.rows).columns(0..<depth.count) }
            ?? a.columns(depth)
        multiply(factor, b.rows(depth), into: c, beta: adding || block > 0 ? 1 : 0)
    }
}

/// Row i ← the `width` numbers that begin i strides after the first of `a`, as far as `a` reaches.
private func copyWindows(_ a: Matrix, width: Int, into windows: Matrix) {
    let end = (a.rows - 1) * a.stride + a.columns
    for row in 0..<windows.rows {
        let count = max(0, min(width, end - row * a.stride))
        (windows.base + row * windows.stride).update(from: a.base + row * a.stride, count: count)
    }
}
