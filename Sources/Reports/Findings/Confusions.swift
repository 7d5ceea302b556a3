import Evaluation

/// One class taken for another.
struct Confusion {
    let label: Int
    let predicted: Int
    let count: Int
    /// The clips with the label, rightly answered ones included.
    let support: Int
}

extension ConfusionMatrix {
    /// The most frequent confusions, most frequent first, equally frequent ones in the order of the classes.
    func confusions(first limit: Int) -> [Confusion] {
        let pairs = (0..<classes).flatMap { label in (0..<classes).map { (label, $0) } }
        let found = pairs.filter { $0 != $1 && self[$0, $1] > 0 }.map { label, predicted in
            Confusion(label: label, predicted: predicted, count: self[label, predicted], support: support(of: label))
        }
        let ordered = found.sorted { ($1.count, $0.label, $0.predicted) < ($0.count, $1.label, $1.predicted) }
        return Array(ordered.prefix(limit))
    }
}
