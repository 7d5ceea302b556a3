/// What a head sees of an encoder's pooled hidden states: one of them, or several together.
///
/// In a stage file: `layer: 12`, `layer: {concatenate: [3, 6, 9]}`, `layer: {average: all}` or `layer: {weightedSum: all}`.
enum FeatureSelection: Sendable, Hashable {
    /// One state as it is.
    case layer(Int)
    /// Several, one behind the other.
    case concatenation(LayerSet)
    /// Their mean.
    case average(LayerSet)
    /// Their mean under weights that the head learns.
    case weightedSum(LayerSet)

    /// Which of an encoder's states.
    enum LayerSet: Sendable, Hashable {
        /// All it has.
        case all
        /// These, in this order.
        case some([Int])
    }
}

extension FeatureSelection {
    /// The states that are looked at, of an encoder that has `count` of them.
    func layers(of count: Int) -> [Int] {
        switch self {
        case .layer(let layer): [layer]
        case .concatenation(let set), .average(let set), .weightedSum(let set):
            switch set {
            case .all: Array(0..<count)
            case .some(let layers): layers
            }
        }
    }

    /// How many states the head mixes by weights of its own, of an encoder that has `count`; 1 where it mixes none.
    func mixedStates(of count: Int) -> Int {
        if case .weightedSum = self { layers(of: count).count } else { 1 }
    }

    /// Whether the head sees one state as it is.
    var isSingleLayer: Bool { if case .layer = self { true } else { false } }

    /// Numbers a clip, given the states of ``layers(of:)`` one behind the other.
    func features(ofStates states: ArraySlice<Float>, hidden: Int) -> [Float] {
        guard case .average = self else { return Array(states) }
        let count = states.count / hidden
        return (0..<hidden).map { feature in
            let sum = (0..<count).reduce(0.0) { $0 + Double(states[states.startIndex + $1 * hidden + feature]) }
            return Float(sum / Double(count))
        }
    }

    /// The selection as reports name it: "12", "average of 3, 6, 9", "weighted sum of all".
    var words: String {
        switch self {
        case .layer(let layer): "\(layer)"
        case .concatenation(let set): "concatenation of \(set.words)"
        case .average(let set): "average of \(set.words)"
        case .weightedSum(let set): "weighted sum of \(set.words)"
        }
    }
}

extension FeatureSelection.LayerSet {
    fileprivate var words: String {
        switch self {
        case .all: "all"
        case .some(let layers): layers.map(String.init).joined(separator: ", ")
        }
    }
}

extension FeatureSelection {
    /// The selection as a saved head states it: "12", "concatenation 3,6,9", "weighted-sum all".
    var code: String {
        switch self {
        case .layer(let layer): "\(layer)"
        case .concatenation(let set): "concatenation \(set.code)"
        case .average(let set): "average \(set.code)"
        case .weightedSum(let set): "weighted-sum \(set.code)"
        }
    }

    /// Reads what ``code`` has written; nil for anything else.
    init?(code: String) {
        let parts = code.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1:
            guard let layer = Int(parts[0]), layer >= 0 else { return nil }
            self = .layer(layer)
        case 2:
            guard let set = LayerSet(code: parts[1]) else { return nil }
            switch parts[0] {
            case "concatenation": self = .concatenation(set)
            case "average": self = .average(set)
            case "weighted-sum": self = .weightedSum(set)
            default: return nil
            }
        default: return nil
        }
    }
}

extension FeatureSelection.LayerSet {
    fileprivate var code: String {
        switch self {
        case .all: "all"
        case .some(let layers): layers.map(String.init).joined(separator: ",")
        }
    }

    fileprivate init?(code: String) {
        guard code != "all" else {
            self = .all
            return
        }
        let layers = code.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard layers.allSatisfy({ $0 >= 0 }), Set(layers).count == layers.count else { return nil }
        self = .some(layers)
    }
}
