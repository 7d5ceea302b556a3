import CKernels

/// How classes and certainty weigh in the loss: the settings of `torch.nn.CrossEntropyLoss`.
public struct LossWeights: Sendable {
    /// One weight a class, at least 0.
    public let classes: [Float]
    /// How much of an example's weight is spread evenly over the classes, in [0, 1).
    public let smoothing: Float

    /// Gathers the weights.
    public init(classes: [Float], smoothing: Float) {
        precondition(
            classes.allSatisfy { $0 >= 0 } && (0..<1).contains(smoothing),
            "LossWeights: class weights \(classes), smoothing \(smoothing)")
        self.classes = classes
        self.smoothing = smoothing
    }

    /// The sum of the weights of examples with these labels.
    public func sum(of labels: [Int32]) -> Double { labels.reduce(0) { $0 + Double(classes[Int($1)]) } }
}

/// What the examples of a batch gave.
public struct BatchResult: Sendable {
    /// The sum of the examples' weighted cross-entropies, in nats.
    public var lossSum: Double
    /// How many examples have their largest logit at their label.
    public var correct: Int
}

/// The cross-entropy of logits and labels; the logits become `gradientScale` times the gradient with respect to them.
///
/// With C classes, weights w and smoothing ε, an example labelled y gives −Σ_c t_c log softmax_c, where
/// t_c = ε/C · w_c, and (1 − ε) · w_y more at c = y: that is `torch.nn.CrossEntropyLoss`, whose mean divides the
/// sum by that of w_y.
///
/// Shapes: logits C×B, one label in 0 ..< C a column.
public func crossEntropy(
    _ logits: Matrix, labels: [Int32], weights: LossWeights, gradientScale: Float
) -> BatchResult {
    precondition(
        labels.count == logits.columns && labels.allSatisfy { $0 >= 0 && $0 < logits.rows }
            && weights.classes.count == logits.rows,
        "crossEntropy: labels \(labels) and \(weights.classes.count) class weights for \(logits.shape) logits")
    var correct = 0
    let lossSum = weights.classes.withUnsafeBufferPointer { classes in
        var loss = timbre_loss(class_weights: classes.baseAddress, smoothing: weights.smoothing)
        return timbre_head_cross_entropy(
            logits.base, logits.stride, logits.rows, logits.columns, labels, &loss, gradientScale, &correct)
    }
    return BatchResult(lossSum: lossSum, correct: correct)
}
