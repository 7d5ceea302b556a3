import CKernels

/// The weights of a linear map in the order the matrix product reads them fastest: inputs × outputs, row-major.
///
/// Made once when a checkpoint is loaded. Only this room knows the order, so that a kernel of another shape may choose
/// another one.
public struct PackedWeights: Sendable {
    /// How many numbers the map takes.
    public let inputs: Int
    /// How many numbers it gives.
    public let outputs: Int
    let matrix: Matrix

    /// Packs the weight of a fully connected layer, outputs × inputs as PyTorch's `Linear` stores it.
    public init(linear values: [Float], outputs: Int, inputs: Int) {
        self.init(convolution: values, outputs: outputs, inputs: inputs, taps: 1)
    }

    /// Packs the weight of a convolution in time, outputs × inputs × taps as PyTorch's `Conv1d` stores it.
    ///
    /// The map's inputs are the frames of one window, one after another: input `tap · inputs + i` is channel `i` of
    /// frame `tap`. See ``Matrix/windows(width:step:)``.
    public init(convolution values: [Float], outputs: Int, inputs: Int, taps: Int) {
        precondition(
            values.count == outputs * inputs * taps,
            "PackedWeights: \(values.count) numbers for \(outputs)×\(inputs)×\(taps)")
        self.inputs = inputs * taps
        self.outputs = outputs
        matrix = Matrix(
            FloatBuffer(uninitializedCount: values.count), rows: inputs * taps, columns: outputs)
        values.withUnsafeBufferPointer { source in
            guard let first = source.baseAddress else { return }
            for tap in 0..<taps {
                timbre_transpose(
                    first + tap, inputs * taps, taps, matrix.base + tap * inputs * outputs, outputs, outputs, inputs)
            }
        }
    }
}

/// The numbers of a row-major rows × columns array as a columns × rows matrix.
public func transpose(_ values: [Float], rows: Int, columns: Int) -> Matrix {
    PackedWeights(linear: values, outputs: rows, inputs: columns).matrix
}

/// C ← A · W, or C ← C + A · W where `adding`.
///
/// Shapes: A is M×inputs, W inputs×outputs, C M×outputs. The rows of A may overlap, as windows do: OpenBLAS takes no
/// such matrix, so A is then multiplied in blocks of columns as wide as its rows are apart.
public func multiply(_ a: Matrix, _ weights: PackedWeights, into c: Matrix, adding: Bool = false) {
    precondition(a.columns == weights.inputs, "multiply: \(a.columns) columns by weights of \(weights.inputs) inputs")
    precondition(a.stride > 0 || a.rows <= 1, "multiply: every row of the matrix is the same")
    let width = a.rows > 1 ? a.stride : a.columns
    for start in stride(from: 0, to: a.columns, by: width) {
        let block = start..<min(start + width, a.columns)
        multiply(a.columns(block), weights.matrix.rows(block), into: c, beta: adding || start > 0 ? 1 : 0)
    }
}
