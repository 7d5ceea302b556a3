/// How often each class was answered for each label.
///
/// C classes; counts are C × C, row-major, one row a label, one column a prediction, as scikit-learn's
/// `confusion_matrix` lays them out.
public struct ConfusionMatrix: Sendable, Equatable {
    /// C, the number of classes.
    public let classes: Int
    /// C × C, row-major: labels down, predictions across.
    public private(set) var counts: [Int]

    /// A matrix of zeros.
    public init(classes: Int) {
        precondition(classes > 0, "a confusion matrix needs a positive number of classes, found \(classes)")
        self.classes = classes
        counts = Array(repeating: 0, count: classes * classes)
    }

    /// Counts pairs of labels and predictions, both in 0 ..< C and equally many.
    public init(labels: [Int], predictions: [Int], classes: Int) {
        precondition(
            labels.count == predictions.count,
            "as many predictions as labels expected: \(labels.count) labels, \(predictions.count) predictions")
        self.init(classes: classes)
        for (label, predicted) in zip(labels, predictions) { add(label: label, predicted: predicted) }
    }

    /// How often `predicted` was answered for `label`.
    public subscript(label: Int, predicted: Int) -> Int { counts[index(label, predicted)] }

    /// Counts one clip.
    public mutating func add(label: Int, predicted: Int) { counts[index(label, predicted)] += 1 }

    /// The number of clips counted.
    public var total: Int { counts.reduce(0, +) }

    /// The number of clips answered rightly.
    public var right: Int { (0..<classes).reduce(0) { $0 + self[$1, $1] } }

    /// The number of clips with this label.
    public func support(of label: Int) -> Int { (0..<classes).reduce(0) { $0 + self[label, $1] } }

    /// The number of clips for which this class was answered.
    public func predictions(of predicted: Int) -> Int { (0..<classes).reduce(0) { $0 + self[$1, predicted] } }

    /// The clips of both matrices, which have the same classes.
    public static func + (left: ConfusionMatrix, right: ConfusionMatrix) -> ConfusionMatrix {
        precondition(
            left.classes == right.classes,
            "confusion matrices to add have as many classes: \(left.classes) and \(right.classes) found")
        var sum = left
        for index in sum.counts.indices { sum.counts[index] += right.counts[index] }
        return sum
    }

    private func index(_ label: Int, _ predicted: Int) -> Int {
        let range = 0..<classes
        precondition(
            range.contains(label) && range.contains(predicted),
            "classes in \(range) expected: label \(label) and prediction \(predicted) found")
        return label * classes + predicted
    }
}
