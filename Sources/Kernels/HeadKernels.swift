import CKernels

// Letters of this file: B examples of a batch, K inputs of a linear layer, N outputs of it. The parameters of a layer are
// an N × (K + 1) matrix: row n holds the weights of output n, then its bias. What goes through a layer has one column an
// example, so that sixteen examples are computed side by side.

extension Matrix {
    /// A matrix of zeros with storage of its own whose rows are padded to whole vectors, as the kernels of head training
    /// need all theirs.
    ///
    /// The padding of parameters and of gathered examples stays zero; that of what goes through a layer does not.
    public static func padded(rows: Int, columns: Int) -> Matrix {
        padded(rows: rows, columns: columns, in: FloatBuffer(count: rows * paddedStride(columns)))
    }

    /// The same at the start of storage that is there: what few columns need lies close together.
    public static func padded(rows: Int, columns: Int, in storage: FloatBuffer) -> Matrix {
        Matrix(storage, rows: rows, columns: columns, stride: paddedStride(columns))
    }

    private static func paddedStride(_ columns: Int) -> Int { (columns + vectorWidth - 1) / vectorWidth * vectorWidth }

    var isPadded: Bool {
        stride % vectorWidth == 0 && offset % max(stride, 1) == 0 && offset + rows * stride <= storage.count
    }

    var shape: String { "\(rows)×\(columns)" }
}

/// The numbers one vector of the C loops holds: `LANES` there.
private let vectorWidth = 16

/// Row i of `batch` ← row `rows[i]` of `table`, which lies row-major with as many numbers a row as `batch` has columns.
public func gather(_ rows: [Int], of table: [Float], into batch: Matrix) {
    precondition(rows.count == batch.rows, "gather: \(rows.count) rows into \(batch.rows)")
    forEachRow(rows, of: table, width: batch.columns) { position, row in
        (batch.base + position * batch.stride).update(from: row, count: batch.columns)
    }
}

/// The numbers of a matrix, row by row.
public func numbers(of matrix: Matrix) -> [Float] {
    (0..<matrix.rows).reduce(into: []) { numbers, row in
        numbers += UnsafeBufferPointer(start: matrix.base + row * matrix.stride, count: matrix.columns)
    }
}

/// The position in `rows` of the first row of `table` that holds a number that is infinite or not a number.
public func firstRowNotFinite(_ rows: [Int], of table: [Float], width: Int) -> Int? {
    var found: Int?
    forEachRow(rows, of: table, width: width) { position, row in
        if found == nil, !loops.inference.all_finite(row, width) { found = position }
    }
    return found
}

/// Calls `body` with the position of each of the rows and with where it lies in the table.
func forEachRow(_ rows: [Int], of table: [Float], width: Int, _ body: (Int, UnsafePointer<Float>) -> Void) {
    table.withUnsafeBufferPointer { numbers in
        for (position, row) in rows.enumerated() {
            precondition(
                row >= 0 && (row + 1) * width <= numbers.count,
                "row \(row) of \(numbers.count) numbers, \(width) a row")
            if let first = numbers.baseAddress { body(position, first + row * width) }
        }
    }
}

/// Copies rows into columns.
public func transpose(_ a: Matrix, into transposed: Matrix) {
    precondition(
        a.rows == transposed.columns && a.columns == transposed.rows, "transpose: \(a.shape) into \(transposed.shape)")
    loops.head.transpose(a.base, a.stride, transposed.base, transposed.stride, a.rows, a.columns)
}

/// Z ← weights · X + biases.
///
/// Shapes: X is K×B, the parameters N×(K + 1), Z N×B, all padded. Each number is summed in one order whatever B is, so
/// an example's outputs do not depend on what else is in the batch.
public func applyLinear(_ x: Matrix, _ parameters: Matrix, into z: Matrix) {
    precondition(
        x.rows + 1 == parameters.columns && z.rows == parameters.rows && z.columns == x.columns && x.rows > 0,
        "applyLinear: \(parameters.shape) by \(x.shape) into \(z.shape)")
    precondition(x.isPadded && parameters.isPadded && z.isPadded, "applyLinear: a matrix without padded rows")
    loops.head.linear(
        x.base, x.stride, x.columns, parameters.base, parameters.stride, x.rows, z.base, z.stride, z.rows)
}

/// The gradient with respect to the inputs of a linear layer: weightsᵀ · Δ, given that with respect to its outputs.
///
/// Shapes: Δ is N×B, the parameters N×(K + 1), the gradient K×B, all padded.
public func inputGradient(_ delta: Matrix, _ parameters: Matrix, into gradient: Matrix) {
    precondition(
        delta.rows == parameters.rows && gradient.rows + 1 == parameters.columns && gradient.columns == delta.columns
            && delta.rows > 0,
        "inputGradient: \(parameters.shape) by \(delta.shape) into \(gradient.shape)")
    precondition(
        delta.isPadded && parameters.isPadded && gradient.isPadded, "inputGradient: a matrix without padded rows")
    loops.head.input_gradient(
        delta.base, delta.stride, delta.columns, parameters.base, parameters.stride, delta.rows, gradient.base,
        gradient.stride, gradient.rows)
}

/// Z ← max(Z, 0), a NaN staying one (ReLU).
public func rectify(_ z: Matrix) {
    loops.head.rectify(z.base, z.stride, z.rows, z.columns)
}

/// Z ← scale · max(Z, 0) for the units kept and 0 for those dropped (ReLU, then inverted dropout).
///
/// Shape: N×B. Unit i, counted row by row, is dropped where its draw is below `threshold`: the draw is bits 16·(i mod 4) and up of
/// `draws[i / 4]`, so one 64-bit draw serves four units, each dropped with a probability of `threshold` / 65536.
public func rectify(_ z: Matrix, droppingBelow threshold: UInt16, draws: [UInt64], scale: Float) {
    precondition(
        draws.count * 4 >= z.rows * z.columns, "rectify: \(draws.count) draws for \(z.shape) units")
    draws.withUnsafeBytes { bytes in
        guard let first = bytes.bindMemory(to: UInt16.self).baseAddress else { return }
        loops.head.rectify_dropping(z.base, z.stride, z.rows, z.columns, first, threshold, scale)
    }
}

/// Turns the gradient with respect to the outputs of a `rectify` into that with respect to its inputs.
///
/// Shapes: both N×B; `activations` are the outputs, `scale` the one given there, 1 without dropout.
public func rectifyGradient(_ gradient: Matrix, activations: Matrix, scale: Float) {
    precondition(
        gradient.rows == activations.rows && gradient.columns == activations.columns,
        "rectifyGradient: \(gradient.shape) by \(activations.shape)")
    loops.head.rectify_gradient(
        gradient.base, gradient.stride, activations.base, activations.stride, gradient.rows, gradient.columns, scale)
}
