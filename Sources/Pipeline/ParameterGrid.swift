/// What a list under some key means when a mapping is expanded into a grid.
public enum ListMeaning: Sendable {
    /// An axis of the grid: one point for each element. This is what a list means where nothing else is said.
    case axis
    /// The value itself where it is empty, an axis of its elements otherwise: `[]` is one value, `[256, 128]` are two,
    /// and `[[256, 128]]` is one that is a list.
    case axisOfLists
    /// The value itself, with all it holds.
    case value
}

/// A mapping in which lists are axes, expanded into one mapping for each combination of their elements.
///
/// Axes are ordered by key path, key by key, and the first varies slowest; elements keep the order in which they are
/// written. An element that is a mapping may hold lists of its own, which are axes only of the points with that element.
public struct ParameterGrid: Sendable {
    /// One combination.
    public struct Point: Sendable {
        /// The mapping with an element in place of each axis.
        public let parameters: ParameterMapping
        /// The value chosen on each axis, in the order of ``ParameterGrid/axes``; axes that this point has not are left out.
        public let values: [AxisValue]
    }

    /// The choice made on one axis.
    public struct AxisValue: Sendable, Hashable {
        /// The axis's key path within the mapping, such as `optimizer.learningRate`.
        public let axis: String
        /// The value as text, the same however it is written: `0.0001` for `1e-4`, `[256, 128]` for a list.
        public let text: String
    }

    /// More points than this are an error.
    public static let mostPoints = 10_000
    /// More values than this in all points together are an error: a point holds a whole mapping.
    static let mostValues = 1_000_000

    /// The key paths of the axes within the mapping, in order.
    public let axes: [String]
    /// The combinations, at least one: a mapping without lists is a grid of one point.
    public let points: [Point]

    /// Expands a mapping.
    /// - Parameter lists: what lists mean, by key path within the mapping, where they are not axes.
    /// - Throws: ``PipelineError`` for an axis without elements, an element that stands twice on one axis, and a grid of
    ///   more than ``mostPoints``, or of large ones.
    public init(expanding mapping: ParameterMapping, lists: [String: ListMeaning] = [:]) throws {
        var expansion = GridExpansion(meanings: lists, root: mapping)
        let count = try expansion.countPoints(of: mapping)
        let limit = max(1, min(Self.mostPoints, Self.mostValues / expansion.mostValues(of: mapping.entries, at: [])))
        guard count <= limit else { throw PipelineError.tooManyPoints(mapping.place, limit: limit) }
        let axes = expansion.axes.sorted { $0.lexicographicallyPrecedes($1) }.map { $0.joined(separator: ".") }
        self.axes = axes
        points = expansion.variants(of: mapping.entries, at: []).map { entries, values in
            Point(parameters: mapping.holding(entries), values: values)
        }
    }
}

/// The walk that counts, then makes, the points of a grid.
private struct GridExpansion {
    let meanings: [String: ListMeaning]
    let root: ParameterMapping
    private(set) var axes: Set<[String]> = []

    init(meanings: [String: ListMeaning], root: ParameterMapping) {
        self.meanings = meanings
        self.root = root
    }

    /// How many points there are, or more than any limit where that overflows; collects the axes on the way.
    mutating func countPoints(of mapping: ParameterMapping) throws -> Int {
        try countPoints(of: mapping.entries, at: [])
    }

    private mutating func countPoints(of entries: [YAMLEntry], at path: [String]) throws -> Int {
        try entries.reduce(1) { product, entry in
            let (result, overflow) = try product.multipliedReportingOverflow(
                by: countPoints(of: entry.value, at: path + [entry.key]))
            return overflow ? .max : result
        }
    }

    private mutating func countPoints(of node: YAMLNode, at path: [String]) throws -> Int {
        switch node.content {
        case .scalar: return 1
        case .mapping(let entries): return try countPoints(of: entries, at: path)
        case .list(let elements):
            guard isAxis(elements, at: path) else { return 1 }
            try check(elements, of: node, at: path)
            axes.insert(path)
            return try elements.reduce(0) { sum, element in
                let (result, overflow) = try sum.addingReportingOverflow(countPoints(ofElement: element, at: path))
                return overflow ? .max : result
            }
        }
    }

    private mutating func countPoints(ofElement element: YAMLNode, at path: [String]) throws -> Int {
        if case .mapping(let entries) = element.content { try countPoints(of: entries, at: path) } else { 1 }
    }

    /// How many values a point may hold: of each axis, the largest element's.
    func mostValues(of entries: [YAMLEntry], at path: [String]) -> Int {
        entries.reduce(1) { $0 + 1 + mostValues(of: $1.value, at: path + [$1.key]) }
    }

    private func mostValues(of node: YAMLNode, at path: [String]) -> Int {
        switch node.content {
        case .mapping(let entries): mostValues(of: entries, at: path)
        case .list(let elements) where isAxis(elements, at: path):
            elements.map { mostValues(ofElement: $0, at: path) }.max() ?? 1
        default: node.nodeCount
        }
    }

    private func mostValues(ofElement element: YAMLNode, at path: [String]) -> Int {
        if case .mapping(let entries) = element.content { mostValues(of: entries, at: path) } else { element.nodeCount }
    }

    private func isAxis(_ elements: [YAMLNode], at path: [String]) -> Bool {
        switch meanings[path.joined(separator: ".")] ?? .axis {
        case .axis: true
        case .axisOfLists: !elements.isEmpty
        case .value: false
        }
    }

    private func check(_ elements: [YAMLNode], of node: YAMLNode, at path: [String]) throws {
        let keyPath = root.path(of: path.joined(separator: "."))
        guard !elements.isEmpty else { throw PipelineError.emptyAxis(node.place(keyPath)) }
        var seen: Set<String> = []
        for (index, element) in elements.enumerated() where !seen.insert(element.canonicalText).inserted {
            throw PipelineError.repeatedAxisValue(element.place("\(keyPath)[\(index)]"), value: element.canonicalText)
        }
    }
}

extension GridExpansion {
    typealias Variant<Content> = (content: Content, values: [ParameterGrid.AxisValue])

    func variants(of entries: [YAMLEntry], at path: [String]) -> [Variant<[YAMLEntry]>] {
        let sorted = entries.indices.sorted { entries[$0].key < entries[$1].key }
        return sorted.reduce([(entries, [])]) { partial, index in
            let choices = variants(of: entries[index].value, at: path + [entries[index].key])
            guard choices.count > 1 || !choices[0].values.isEmpty else { return partial }
            return partial.flatMap { entries, values in
                choices.map { choice in
                    var entries = entries
                    entries[index].value = choice.content
                    return (entries, values + choice.values)
                }
            }
        }
    }

    private func variants(of node: YAMLNode, at path: [String]) -> [Variant<YAMLNode>] {
        switch node.content {
        case .mapping: return variants(ofMapping: node, at: path)
        case .list(let elements) where isAxis(elements, at: path):
            let axis = path.joined(separator: ".")
            return elements.flatMap { element in
                let value = ParameterGrid.AxisValue(axis: axis, text: element.canonicalText)
                return variants(ofMapping: element, at: path).map { ($0.content, [value] + $0.values) }
            }
        default: return [(node, [])]
        }
    }

    /// Elements that are lists or scalars are values as they stand.
    private func variants(ofMapping node: YAMLNode, at path: [String]) -> [Variant<YAMLNode>] {
        guard case .mapping(let entries) = node.content else { return [(node, [])] }
        return variants(of: entries, at: path).map { (YAMLNode(.mapping($0), at: node.mark, in: node.source), $1) }
    }
}

extension YAMLNode {
    /// The node as text that does not depend on how it is written.
    fileprivate var canonicalText: String {
        switch content {
        case .scalar(let scalar): scalar.canonicalText
        case .list(let elements): "[\(elements.map(\.canonicalText).joined(separator: ", "))]"
        case .mapping(let entries):
            "{\(entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.canonicalText)" }.joined(separator: ", "))}"
        }
    }
}

extension YAMLScalar {
    fileprivate var canonicalText: String {
        switch value {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .whole(let isNegative, let magnitude?): (isNegative && magnitude > 0 ? "-" : "") + "\(magnitude)"
        case .whole: text
        case .number(let value): Int(exactly: value).map(String.init) ?? "\(value)"
        case .text(let text): text
        }
    }
}
