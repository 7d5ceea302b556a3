import CKernels

/// The right factor of products, depth × columns, in the order that the instruction set in use reads fastest.
///
/// Weights are packed once, when a checkpoint is loaded. Only this room knows the order: `product.h` there says it.
public struct PackedMatrix: Sendable {
    /// Rows: how many numbers the map that it stands for takes.
    public let depth: Int
    /// How many numbers the map gives.
    public let columns: Int
    /// What its numbers, and those they are multiplied by, are rounded to.
    public let precision: Precision
    let words: FloatBuffer

    /// Packs the weight of a fully connected layer, outputs × inputs as PyTorch's `Linear` stores it.
    public init(linear values: [Float], outputs: Int, inputs: Int, precision: Precision = .float32) {
        self.init(convolution: values, outputs: outputs, inputs: inputs, taps: 1, precision: precision)
    }

    /// Packs the weight of a convolution in time, outputs × inputs × taps as PyTorch's `Conv1d` stores it.
    ///
    /// The map's inputs are the frames of one window, one after another: input `tap · inputs + i` is channel `i` of
    /// frame `tap`. See ``Matrix/windows(width:step:)``.
    public init(
        convolution values: [Float], outputs: Int, inputs: Int, taps: Int, precision: Precision = .float32
    ) {
        precondition(
            values.count == outputs * inputs * taps,
            "PackedMatrix: \(values.count) numbers for \(outputs)×\(inputs)×\(taps)")
        let ordered = taps == 1 ? values : Self.tapByTap(values, inputs: inputs, taps: taps)
        self = ordered.withUnsafeBufferPointer { source in
            Self(
                from: source.baseAddress, steps: (1, inputs * taps), depth: inputs * taps, columns: outputs,
                precision: precision, in: nil)
        }
    }

    /// outputs × inputs × taps numbers as outputs × taps × inputs.
    private static func tapByTap(_ values: [Float], inputs: Int, taps: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: values.count) { ordered, count in
            count = values.count
            values.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = ordered.baseAddress else { return }
                for window in stride(from: 0, to: values.count, by: inputs * taps) {
                    timbre_transpose(from + window, taps, 1, to + window, inputs, inputs, taps)
                }
            }
        }
    }

    /// Packs a matrix, in storage that is there where some is given and holds ``words(depth:columns:precision:)``.
    public init(_ matrix: Matrix, precision: Precision = .float32, in storage: FloatBuffer? = nil) {
        self.init(
            from: matrix.base, steps: (matrix.stride, 1), depth: matrix.rows, columns: matrix.columns,
            precision: precision,
            in: storage)
    }

    /// Packs the transpose of a matrix.
    public init(transposed matrix: Matrix, precision: Precision = .float32, in storage: FloatBuffer? = nil) {
        self.init(
            from: matrix.base, steps: (1, matrix.stride), depth: matrix.columns, columns: matrix.rows,
            precision: precision,
            in: storage)
    }

    /// How many numbers the storage of a packed matrix has.
    public static func words(depth: Int, columns: Int, precision: Precision) -> Int {
        guard let multiplier = multiplier(at: precision) else { return depth * columns }
        return timbre_packed_words(multiplier, depth, columns)
    }

    private init(
        from first: UnsafePointer<Float>?, steps: (row: Int, column: Int), depth: Int, columns: Int,
        precision: Precision, in storage: FloatBuffer?
    ) {
        let count = Self.words(depth: depth, columns: columns, precision: precision)
        words = storage ?? FloatBuffer(uninitializedCount: count)
        precondition(words.count >= count, "PackedMatrix: \(words.count) words where \(count) are needed")
        (self.depth, self.columns, self.precision) = (depth, columns, precision)
        guard let first, count > 0 else { return }
        if let multiplier = multiplier(at: precision) {
            multiplier.pointee.pack(first, steps.row, steps.column, depth, columns, words.base)
        } else {
            timbre_transpose(first, steps.column, steps.row, words.base, columns, columns, depth)
        }
    }
}

/// The numbers of a row-major rows × columns array as a columns × rows matrix.
public func transpose(_ values: [Float], rows: Int, columns: Int) -> Matrix {
    precondition(values.count == rows * columns, "transpose: \(values.count) numbers for \(rows)×\(columns)")
    let transposed = Matrix(rows: columns, columns: rows)
    values.withUnsafeBufferPointer { source in
        guard let first = source.baseAddress else { return }
        timbre_transpose(first, columns, 1, transposed.base, rows, rows, columns)
    }
    return transposed
}
