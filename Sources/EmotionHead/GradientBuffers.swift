import Kernels

/// Room for the gradients of a pass over some examples.
///
/// Letters as in ``Network``.
struct GradientBuffers {
    private let architecture: HeadArchitecture
    /// For each hidden layer, what it gave, turned round: capacity × (N + 1), with a one at the end.
    private let inputs: [Matrix]
    /// For each hidden layer, the gradient of what it gives: room for N × capacity.
    private let outputs: [FloatBuffer]
    /// The gradient of mixed states, one example a column and one a row; empty where nothing is mixed.
    private let mixedColumns: FloatBuffer
    private let mixedRows: Matrix

    init(_ architecture: HeadArchitecture, capacity: Int) {
        self.architecture = architecture
        let rounded = Matrix.padded(rows: 1, columns: capacity).stride
        inputs = architecture.hidden.map { .withOnes(rows: capacity, columns: $0) }
        outputs = architecture.hidden.map { FloatBuffer(count: $0 * rounded) }
        let mixed = architecture.states > 1 ? architecture.inputs : 0
        mixedColumns = FloatBuffer(count: mixed * rounded)
        mixedRows = .padded(rows: capacity, columns: mixed)
    }

    /// Room for what layer `position`, not the first, was given, one example a row and a one after it: B × (K + 1).
    func inputs(of position: Int, batch: Int) -> Matrix { inputs[position - 1].rows(0..<batch) }

    /// Room for the gradient of what hidden layer `position` gives before ReLU, one example a column: N × B.
    func outputs(of position: Int, batch: Int) -> Matrix {
        .padded(rows: architecture.hidden[position], columns: batch, in: outputs[position])
    }

    /// Room for the gradient of what the first layer is given, one example a column (K × B) and one a row (B × K).
    func mixed(batch: Int) -> (columns: Matrix, rows: Matrix) {
        (.padded(rows: architecture.inputs, columns: batch, in: mixedColumns), mixedRows.rows(0..<batch))
    }
}
