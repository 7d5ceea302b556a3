import CKernels

// Letters of this file: B examples of a batch, K inputs of a linear layer, N outputs of it. The parameters of a layer are
// a (K + 1) × N matrix: row k holds the weights of input k, row K the biases.

extension Matrix {
    /// A matrix of zeros with storage of its own whose rows are padded to whole vectors, as the kernels of head training
    /// need all theirs.
    ///
    /// The padding stays zero as long as only this matrix's own columns are written.
    public static func padded(rows: Int, columns: Int) -> Matrix {
        let stride = (columns + vectorWidth - 1) / vectorWidth * vectorWidth
        return Matrix(FloatBuffer(count: rows * stride), rows: rows, columns: columns, stride: stride)
    }

    fileprivate var isPadded: Bool {
        stride % vectorWidth == 0 && offset % max(stride, 1) == 0 && offset + rows * stride <= storage.count
    }
}

/// The numbers one vector of the C loops holds: `LANES` there.
private let vectorWidth = 16

/// Row i of `batch` ← row `rows[i]` of `features`, which lie row-major with as many numbers a row as `batch` has columns.
public func gather(_ rows: ArraySlice<Int>, of features: [Float], into batch: Matrix) {
    let width = batch.columns
    precondition(rows.count == batch.rows, "gather: \(rows.count) rows into \(batch.rows)")
    features.withUnsafeBufferPointer { source in
        for (position, row) in rows.enumerated() {
            precondition(
                row >= 0 && (row + 1) * width <= source.count,
                "gather: row \(row) of \(source.count) numbers, \(width) a row")
            guard let first = source.baseAddress else { return }
            (batch.base + position * batch.stride).update(from: first + row * width, count: width)
        }
    }
}

/// Z ← X · weights + biases.
///
/// Shapes: X is B×K, the parameters (K + 1)×N, Z B×N, all padded. Each number is summed in one order whatever B is, so
/// an example's outputs do not depend on what else is in the batch.
public func applyLinear(_ x: Matrix, _ parameters: Matrix, into z: Matrix) {
    precondition(
        x.columns + 1 == parameters.rows && z.rows == x.rows && z.columns == parameters.columns && x.columns > 0,
        "applyLinear: \(x.rows)×\(x.columns) by \(parameters.rows)×\(parameters.columns) into \(z.rows)×\(z.columns)")
    precondition(x.isPadded && parameters.isPadded && z.isPadded, "applyLinear: a matrix without padded rows")
    timbre_head_linear(
        x.base, x.stride, x.rows, x.columns, parameters.base, parameters.stride, z.base, z.stride, z.columns)
}

/// Z ← max(Z, 0), a NaN staying one (ReLU).
public func rectify(_ z: Matrix) {
    timbre_head_rectify(z.base, z.stride, z.rows, z.columns)
}

/// Z ← scale · max(Z, 0) for the units kept and 0 for those dropped (ReLU, then inverted dropout).
///
/// Unit i, counted row by row, is dropped where its draw is below `threshold`: the draw is bits 16·(i mod 4) and up of
/// `draws[i / 4]`, so one 64-bit draw serves four units, each dropped with a probability of `threshold` / 65536.
public func rectify(_ z: Matrix, droppingBelow threshold: UInt16, draws: [UInt64], scale: Float) {
    precondition(
        draws.count * 4 >= z.rows * z.columns, "rectify: \(draws.count) draws for \(z.rows)×\(z.columns) units")
    draws.withUnsafeBytes { bytes in
        guard let first = bytes.bindMemory(to: UInt16.self).baseAddress else { return }
        timbre_head_rectify_dropping(z.base, z.stride, z.rows, z.columns, first, threshold, scale)
    }
}

/// Turns the gradient with respect to the outputs of a `rectify` into that with respect to its inputs.
///
/// Shapes: both B×N; `activations` are the outputs, `scale` the one given there, 1 without dropout.
public func rectifyGradient(_ gradient: Matrix, activations: Matrix, scale: Float) {
    precondition(
        gradient.rows == activations.rows && gradient.columns == activations.columns,
        "rectifyGradient: \(gradient.rows)×\(gradient.columns) by \(activations.rows)×\(activations.columns)")
    timbre_head_rectify_gradient(
        gradient.base, gradient.stride, activations.base, activations.stride, gradient.rows, gradient.columns, scale)
}

/// What the examples of a batch gave.
public struct BatchResult: Sendable {
    /// The sum of the examples' cross-entropies, in nats.
    public var lossSum: Double
    /// How many examples have their largest logit at their label.
    public var correct: Int
}

/// The cross-entropy of logits and labels; the logits become `gradientScale` · (softmax − one-hot), the gradient with
/// respect to them.
///
/// Shapes: logits B×classes, one label in 0 ..< classes a row.
public func crossEntropy(_ logits: Matrix, labels: [Int32], gradientScale: Float) -> BatchResult {
    precondition(
        labels.count == logits.rows && labels.allSatisfy { $0 >= 0 && $0 < logits.columns },
        "crossEntropy: labels \(labels) for \(logits.rows)×\(logits.columns) logits")
    var correct = 0
    let lossSum = timbre_head_cross_entropy(
        logits.base, logits.stride, logits.rows, logits.columns, labels, gradientScale, &correct)
    return BatchResult(lossSum: lossSum, correct: correct)
}

/// The scalars of one AdamW step.
///
/// They are named for what they do to the moments m and v, with the gradient g, and to the parameter p:
///
///     m ← m + firstBlend · (g − m)
///     v ← secondDecay · v + secondBlend · g²
///     p ← decay · p − stepSize · m / (rootScale · √v + epsilon)
public struct AdamWStep: Sendable {
    let scalars: timbre_adamw

    /// Gathers the scalars.
    public init(
        decay: Float, firstBlend: Float, secondDecay: Float, secondBlend: Float, stepSize: Float, rootScale: Float,
        epsilon: Float
    ) {
        scalars = timbre_adamw(
            decay: decay, first_blend: firstBlend, second_decay: secondDecay, second_blend: secondBlend,
            step_size: stepSize, root_scale: rootScale, epsilon: epsilon)
    }
}

/// A linear layer as training sees it: its parameters and AdamW's running moments, all (K + 1)×N and padded.
public struct LinearParameters: Sendable {
    /// The weights and biases.
    public let values: Matrix
    /// The running mean of the gradient.
    public let firstMoment: Matrix
    /// The running mean of the gradient's square.
    public let secondMoment: Matrix

    /// Parameters that start at `values`, with moments of zero.
    public init(_ values: Matrix) {
        self.values = values
        firstMoment = .padded(rows: values.rows, columns: values.columns)
        secondMoment = .padded(rows: values.rows, columns: values.columns)
    }
}

/// One step of AdamW on a linear layer, given its inputs X (B×K) and the gradient Δ (B×N) with respect to its outputs.
///
/// The gradient of the weights is Xᵀ·Δ, that of the biases the column sums of Δ; both are used as they are formed, in one
/// pass over parameters and moments.
public func descend(_ layer: LinearParameters, inputs x: Matrix, gradient delta: Matrix, step: AdamWStep) {
    let p = layer.values
    precondition(
        x.rows == delta.rows && x.columns + 1 == p.rows && delta.columns == p.columns,
        "descend: \(x.rows)×\(x.columns) and \(delta.rows)×\(delta.columns) for parameters of \(p.rows)×\(p.columns)")
    let matrices = [x, delta, p, layer.firstMoment, layer.secondMoment]
    precondition(
        matrices.allSatisfy(\.isPadded) && p.stride == layer.firstMoment.stride,
        "descend: a matrix without padded rows")
    withUnsafePointer(to: step.scalars) { scalars in
        timbre_head_descend(
            x.base, x.stride, delta.base, delta.stride, x.rows, x.columns, delta.columns, p.base,
            layer.firstMoment.base,
            layer.secondMoment.base, p.stride, scalars)
    }
}
