import Kernels

/// y = W·x + b for each frame (PyTorch's `nn.Linear`).
struct Linear: Sendable {
    /// W, inputs × outputs as packed.
    let weights: PackedWeights
    /// b: outputs numbers.
    let bias: FloatBuffer

    /// T × inputs into T × outputs.
    func apply(to x: Matrix, into y: Matrix) {
        multiply(x, weights, into: y)
        addBias(bias, to: y)
    }

    /// T × inputs into T × outputs, through GELU.
    func applyWithGELU(to x: Matrix, into y: Matrix) {
        multiply(x, weights, into: y)
        applyGELU(to: y, addingBias: bias)
    }

    /// T × inputs onto T × outputs: y ← y + W·x + b, a residual connection.
    func applyAdding(to x: Matrix, onto y: Matrix) {
        multiply(x, weights, into: y, adding: true)
        addBias(bias, to: y)
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
