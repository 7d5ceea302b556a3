/// A mapping of a stage file that has been parsed but not yet read: what a ``ParameterReader`` reads from and what a
/// ``ParameterGrid`` expands.
public struct ParameterMapping: Sendable {
    /// The keys that lead here, such as `heads.optimizer`.
    public let keyPath: String
    let entries: [YAMLEntry]
    /// Where the mapping begins; a stage's begins at its name.
    let place: SourcePlace
    /// Keys that are right here but read by someone else, such as a stage's `kind`.
    let reservedKeys: [String]

    init(keyPath: String, entries: [YAMLEntry], place: SourcePlace, reservedKeys: [String] = []) {
        self.keyPath = keyPath
        self.entries = entries
        self.place = place
        self.reservedKeys = reservedKeys
    }

    /// A reader that has read nothing yet.
    public func reader() -> ParameterReader { ParameterReader(self) }

    func path(of key: String) -> String { keyPath.isEmpty ? key : "\(keyPath).\(key)" }

    /// The same mapping with other entries.
    func holding(_ entries: [YAMLEntry]) -> ParameterMapping {
        ParameterMapping(keyPath: keyPath, entries: entries, place: place, reservedKeys: reservedKeys)
    }

    func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }
}

/// A value of a stage file with the key path that leads to it.
struct ParameterNode {
    let node: YAMLNode
    let keyPath: String

    var place: SourcePlace { node.place(keyPath) }

    /// The elements of a list; nil for anything else.
    var elements: [ParameterNode]? {
        guard case .list(let elements) = node.content else { return nil }
        return elements.enumerated().map { ParameterNode(node: $1, keyPath: "\(keyPath)[\($0)]") }
    }

    /// The mapping; nil for anything else.
    var mapping: ParameterMapping? {
        guard case .mapping(let entries) = node.content else { return nil }
        return ParameterMapping(keyPath: keyPath, entries: entries, place: place)
    }

    /// The scalar; nil for anything else.
    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = node.content { scalar } else { nil }
    }

    func wrongType(expected: String, remedy: String? = nil) -> PipelineError {
        .wrongType(place, found: node.found, expected: expected, remedy: remedy)
    }
}
