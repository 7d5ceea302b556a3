/// A node of a parsed stage file: aliases followed, merge keys applied, position kept.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(YAMLScalar)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    let content: Content
    let mark: SourceMark
    let source: SourceText
    /// How many nodes this one holds, itself and keys included.
    let nodeCount: Int
    /// How many levels this one has: 1 for a scalar.
    let depth: Int

    init(_ content: Content, at mark: SourceMark, in source: SourceText) {
        self.content = content
        self.mark = mark
        self.source = source
        let children = Self.children(of: content)
        let keys = if case .mapping(let entries) = content { entries.count } else { 0 }
        nodeCount = children.reduce(1 + keys) { $0.saturatingSum($1.nodeCount) }
        depth = 1 + (children.map(\.depth).max() ?? 0)
    }

    func place(_ keyPath: String) -> SourcePlace { SourcePlace(mark, in: source, keyPath: keyPath) }

    private static func children(of content: Content) -> [YAMLNode] {
        switch content {
        case .scalar: []
        case .list(let elements): elements
        case .mapping(let entries): entries.map(\.value)
        }
    }
}

/// A key of a mapping and what stands under it.
struct YAMLEntry: Sendable {
    let key: String
    let keyMark: SourceMark
    let keySource: SourceText
    var value: YAMLNode

    func keyPlace(_ keyPath: String) -> SourcePlace { SourcePlace(keyMark, in: keySource, keyPath: keyPath) }
}

extension YAMLNode {
    /// The node in words, as messages give what they found: `"ten" (text)`, `12 (a whole number)`, `a list of 3`.
    var found: String {
        switch content {
        case .scalar(let scalar): scalar.found
        case .list(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
        case .mapping(let entries):
            entries.isEmpty ? "an empty mapping" : "a mapping with \(listed(entries.map(\.key)))"
        }
    }

    /// Whether the node says that nothing is set: an empty value, `~` or `null`.
    var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.value == .null } else { false }
    }
}

extension YAMLScalar {
    fileprivate var found: String {
        switch value {
        case .null: "nothing"
        case .bool: "\(text) (true or false)"
        case .whole: "\(shortened) (a whole number)"
        case .number: "\(shortened) (a number)"
        case .text: "\"\(shortened)\" (text)"
        }
    }

    private var shortened: String { text.count > 60 ? text.prefix(60) + "…" : text }
}

extension Int {
    fileprivate func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
