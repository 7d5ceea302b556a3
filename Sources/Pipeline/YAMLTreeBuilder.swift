import Yams

/// Turns Yams' nodes into ours: follows aliases, applies merge keys, and refuses what stage files do not use.
struct YAMLTreeBuilder {
    let source: SourceText
    private var anchored: [String: YAMLNode] = [:]
    private var nodesMade = 0
    private var level = 0

    init(source: SourceText) { self.source = source }

    /// The node, with those under it.
    mutating func node(_ node: Node) throws -> YAMLNode {
        level += 1
        defer { level -= 1 }
        guard level <= YAMLDocument.deepest else {
            throw PipelineError.tooDeep(place(mark(of: node)), limit: YAMLDocument.deepest)
        }
        let result = try content(of: node)
        if let anchor = node.anchor { anchored[anchor.rawValue] = result }
        return result
    }

    private mutating func content(of node: Node) throws -> YAMLNode {
        let mark = mark(of: node)
        switch node {
        case .scalar(let scalar): return try self.scalar(scalar, at: mark)
        case .sequence(let sequence):
            try checkTag(sequence.tag, isOneOf: [.implicit, .seq], at: mark)
            return try made(.list(sequence.map { try self.node($0) }), at: mark)
        case .mapping(let mapping):
            try checkTag(mapping.tag, isOneOf: [.implicit, .map], at: mark)
            return try made(.mapping(entries(of: mapping)), at: mark)
        case .alias: preconditionFailure("the parser follows aliases; expected none in its nodes")
        }
    }

    private mutating func scalar(_ scalar: Node.Scalar, at mark: SourceMark) throws -> YAMLNode {
        try checkTag(scalar.tag, isOneOf: [.implicit, .nonSpecific, .str], at: mark)
        let text = YAMLDocument.revealed(scalar.string)
        let isPlain = scalar.style == .plain && scalar.tag.rawValue != Tag.Name.str.rawValue
        guard isPlain, scalar.string != text else {
            return try made(.scalar(YAMLScalar(text: text, isPlain: isPlain)), at: mark)
        }
        try checkIsNotExplicitKey(text, at: mark)
        if text.hasPrefix("*") { return try counted(target(of: text, at: mark), at: mark) }
        return try made(.scalar(YAMLScalar(text: text, isPlain: true)), at: mark)
    }

    private func target(of alias: String, at mark: SourceMark) throws -> YAMLNode {
        let name = String(alias.dropFirst())
        guard let target = anchored[name] else {
            throw PipelineError.unknownAlias(place(mark), name: name, known: anchored.keys.sorted())
        }
        return target
    }

    /// `? key` would be a key of its own kind; stage files have only plain ones.
    private func checkIsNotExplicitKey(_ text: String, at mark: SourceMark) throws {
        guard text.hasPrefix("?") else { return }
        let next = text.dropFirst().first
        if next == nil || next?.isWhitespace == true { throw PipelineError.keyNotText(place(mark), found: "'?'") }
    }

    private func checkTag(_ tag: Tag, isOneOf names: [Tag.Name], at mark: SourceMark) throws {
        guard names.contains(where: { $0.rawValue == tag.rawValue }) else {
            throw PipelineError.tag(place(mark), tag: YAMLDocument.revealed(tag.rawValue))
        }
    }

    private mutating func made(_ content: YAMLNode.Content, at mark: SourceMark) throws -> YAMLNode {
        nodesMade += 1
        return try bounded(YAMLNode(content, at: mark, in: source), at: mark)
    }

    /// What an alias brings in counts in full each time.
    private mutating func counted(_ node: YAMLNode, at mark: SourceMark) throws -> YAMLNode {
        nodesMade += node.nodeCount
        return try bounded(node, at: mark)
    }

    private func bounded(_ node: YAMLNode, at mark: SourceMark) throws -> YAMLNode {
        guard nodesMade <= YAMLDocument.mostNodes else {
            throw PipelineError.tooManyNodes(place(mark), limit: YAMLDocument.mostNodes)
        }
        guard node.depth <= YAMLDocument.deepest else {
            throw PipelineError.tooDeep(place(mark), limit: YAMLDocument.deepest)
        }
        return node
    }

    private func place(_ mark: SourceMark) -> SourcePlace { SourcePlace(mark, in: source) }

    private func mark(of node: Node) -> SourceMark {
        node.mark.map { SourceMark(line: $0.line, column: $0.column) } ?? .start
    }
}

extension YAMLTreeBuilder {
    private mutating func entries(of mapping: Node.Mapping) throws -> [YAMLEntry] {
        var own: [YAMLEntry] = []
        var merged: [YAMLEntry] = []
        for (key, value) in mapping {
            let entry = try entry(key, value)
            if isMerge(key) {
                merged += try mergedEntries(of: entry)
            } else {
                own.append(entry)
            }
        }
        return own + withoutRepetitions(merged, of: Set(own.map(\.key)))
    }

    private mutating func entry(_ key: Node, _ value: Node) throws -> YAMLEntry {
        let mark = mark(of: key)
        guard case .scalar(let scalar) = key else { throw PipelineError.keyNotText(place(mark), found: "a collection") }
        let text = try self.key(scalar, at: mark)
        let keyNode = try made(.scalar(YAMLScalar(text: text, isPlain: scalar.style == .plain)), at: mark)
        if let anchor = key.anchor { anchored[anchor.rawValue] = keyNode }
        return try YAMLEntry(key: text, keyMark: mark, keySource: source, value: node(value))
    }

    /// A key's text.
    ///
    /// Yams has tagged even plain keys as text by now, so that only their style tells them from quoted ones.
    private func key(_ scalar: Node.Scalar, at mark: SourceMark) throws -> String {
        try checkTag(scalar.tag, isOneOf: [.implicit, .nonSpecific, .str], at: mark)
        let text = YAMLDocument.revealed(scalar.string)
        guard scalar.style == .plain else { return text }
        if text.hasPrefix("*") { throw PipelineError.keyNotText(place(mark), found: "an alias") }
        if text.isEmpty { throw PipelineError.keyNotText(place(mark), found: "nothing") }
        try checkIsNotExplicitKey(text, at: mark)
        return text
    }

    private func isMerge(_ key: Node) -> Bool { key.scalar?.string == "<<" && key.scalar?.style == .plain }

    /// The entries a merge key brings in: of one mapping, or of several, of which the first counts most.
    private mutating func mergedEntries(of merge: YAMLEntry) throws -> [YAMLEntry] {
        let sources = if case .list(let elements) = merge.value.content { elements } else { [merge.value] }
        return try sources.flatMap { node in
            guard case .mapping(let entries) = node.content else {
                throw PipelineError.mergeOfNoMapping(merge.keyPlace(""), found: node.found)
            }
            return entries
        }
    }

    private func withoutRepetitions(_ entries: [YAMLEntry], of keys: Set<String>) -> [YAMLEntry] {
        var seen = keys
        return entries.filter { seen.insert($0.key).inserted }
    }
}
