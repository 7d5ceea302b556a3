extension Matrix {
    /// How many windows of `width` rows, each `step` rows after the last, fit into the rows; none into too few.
    public func windowCount(width: Int, step: Int) -> Int {
        precondition(width > 0 && step > 0, "windows need a width and a step of at least 1, found \(width) and \(step)")
        return rows < width ? 0 : (rows - width) / step + 1
    }

    /// A view whose rows are windows: row t holds rows t·step ..< t·step + width of this matrix one after another.
    ///
    /// This matrix's rows must follow each other without a gap. Where `step < width` the rows of the view overlap.
    public func windows(width: Int, step: Int) -> Matrix {
        precondition(stride == columns || rows <= 1, "windows: rows of \(columns) numbers lie \(stride) apart")
        let count = windowCount(width: width, step: step)
        return Matrix(storage, offset: offset, rows: count, columns: width * columns, stride: step * columns)
    }
}

/// Copies numbers: `destination` ← `source`, whose rows may overlap each other but not the destination.
public func copy(_ source: Matrix, into destination: Matrix) {
    precondition(
        source.rows == destination.rows && source.columns == destination.columns,
        "copy: \(source.rows)×\(source.columns) into \(destination.rows)×\(destination.columns)")
    for row in 0..<source.rows {
        (destination.base + row * destination.stride).update(
            from: source.base + row * source.stride, count: source.columns)
    }
}

/// Sets every number of a matrix to zero.
public func clear(_ matrix: Matrix) {
    for row in 0..<matrix.rows {
        (matrix.base + row * matrix.stride).update(repeating: 0, count: matrix.columns)
    }
}
