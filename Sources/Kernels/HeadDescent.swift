import CKernels

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

/// Parameters as training sees them: their values and AdamW's running moments, all of one shape and padded.
public struct TrainedParameters: Sendable {
    /// The parameters; of a linear layer N×(K + 1).
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

/// One step of AdamW on a linear layer, given its inputs X and the gradient Δ with respect to its outputs.
///
/// Shapes: the parameters are N×(K + 1), X is B×(K + 1) with a last column of ones and zeros for padding, Δ N×B. The
/// gradient Δ·X is used as it is formed, in one pass over parameters and moments.
public func descend(_ parameters: TrainedParameters, inputs x: Matrix, gradient delta: Matrix, step: AdamWStep) {
    let p = parameters.values
    precondition(
        x.rows == delta.columns && x.columns == p.columns && delta.rows == p.rows,
        "descend: \(delta.shape) by \(x.shape) for parameters of \(p.shape)")
    precondition(
        [x, delta, p, parameters.firstMoment, parameters.secondMoment].allSatisfy(\.isPadded)
            && p.stride == parameters.firstMoment.stride, "descend: a matrix without padded rows")
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: x.rows + 1) { inputs in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: x.rows + 1) { slopes in
            withUnsafePointer(to: step.scalars) { scalars in
                loops.head.descend(
                    x.base, x.stride, delta.base, delta.stride, x.rows, x.columns, p.rows, p.base,
                    parameters.firstMoment.base, parameters.secondMoment.base, p.stride, scalars, inputs.baseAddress,
                    slopes.baseAddress)
            }
        }
    }
}
