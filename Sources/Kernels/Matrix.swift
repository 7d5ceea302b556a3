/// A row-major view of `rows × columns` numbers in a ``FloatBuffer``, whose rows start `stride` numbers apart.
///
/// Rows may overlap (`stride < columns`): that is how a strided convolution over channel-last frames reads its windows
/// without copying them. Copying a matrix copies the view, not the numbers.
public struct Matrix: Sendable {
    /// The numbers viewed.
    public let storage: FloatBuffer
    /// Where row 0 starts in the storage.
    public let offset: Int
    /// How many rows.
    public let rows: Int
    /// How many numbers in a row.
    public let columns: Int
    /// How far apart rows start.
    public let stride: Int

    /// A view; one that would reach outside its storage traps.
    public init(_ storage: FloatBuffer, offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) {
        let step = stride ?? columns
        precondition(
            offset >= 0 && rows >= 0 && columns >= 0 && step >= 0,
            "a matrix needs an offset, shape and stride of at least 0, found \(offset), \(rows)×\(columns), \(step)")
        let end = rows == 0 ? offset : offset + (rows - 1) * step + columns
        precondition(
            end <= storage.count,
            "a \(rows)×\(columns) matrix at \(offset) with stride \(step) ends at \(end), outside \(storage.count) numbers"
        )
        self.storage = storage
        self.offset = offset
        self.rows = rows
        self.columns = columns
        self.stride = step
    }

    /// A matrix of zeros with storage of its own.
    public init(rows: Int, columns: Int) {
        self.init(FloatBuffer(count: rows * columns), rows: rows, columns: columns)
    }

    /// One number.
    public subscript(row: Int, column: Int) -> Float {
        get { storage[index(row, column)] }
        nonmutating set { storage[index(row, column)] = newValue }
    }

    /// The view of some of the rows.
    public func rows(_ range: Range<Int>) -> Matrix {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside a matrix of \(rows) rows")
        return Matrix(
            storage, offset: offset + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }

    /// The view of some of the columns.
    public func columns(_ range: Range<Int>) -> Matrix {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= columns,
            "columns \(range) are outside a matrix of \(columns) columns")
        return Matrix(storage, offset: offset + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// The view of every `step`th row, the first of them row `first`.
    public func every(_ step: Int, from first: Int) -> Matrix {
        precondition(step > 0 && first >= 0 && first <= rows, "every \(step) rows from \(first) of \(rows)")
        return Matrix(
            storage, offset: first == rows ? offset : offset + first * stride, rows: (rows - first + step - 1) / step,
            columns: columns, stride: step * stride)
    }

    var base: UnsafeMutablePointer<Float> { storage.base + offset }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(
            row >= 0 && row < rows && column >= 0 && column < columns,
            "(\(row), \(column)) is outside a \(rows)×\(columns) matrix")
        return offset + row * stride + column
    }
}
