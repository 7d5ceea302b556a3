import Kernels

/// What comes after a product's sums.
struct Finish {
    /// One number a column.
    var bias: FloatBuffer?
    var throughGELU = false
}

/// y = W·x + b for each frame (PyTorch's `nn.Linear`).
struct Linear: Sendable {
    /// W, inputs × outputs as packed.
    let weights: PackedMatrix
    /// b: outputs numbers.
    let bias: FloatBuffer

    /// T × inputs into T × outputs.
    func apply(to x: Matrix, into y: Matrix, _ workspace: Workspace) {
        multiply(x, weights, into: y, bias: bias, workspace.scratch)
    }

    /// T × inputs into T × outputs, through GELU.
    func applyWithGELU(to x: Matrix, into y: Matrix, _ workspace: Workspace) {
        multiply(x, weights, into: y, bias: bias, throughGELU: true, workspace.scratch)
    }

    /// T × inputs onto T × outputs: y ← y + W·x + b, a residual connection.
    func applyAdding(to x: Matrix, onto y: Matrix, _ workspace: Workspace) {
        multiply(x, weights, into: y, onto: y, bias: bias, workspace.scratch)
    }
}

/// The normalisation of each frame over its channels (PyTorch's `nn.LayerNorm`).
struct LayerNorm: Sendable {
    let gain: FloatBuffer
    let bias: FloatBuffer
    let epsilon: Float

    /// Both T × channels; they may be one matrix.
    func apply(to x: Matrix, into y: Matrix) { normalizeRows(of: x, into: y, gain: gain, bias: bias, epsilon: epsilon) }
}
