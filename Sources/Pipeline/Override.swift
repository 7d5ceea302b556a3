/// One `--set PATH=VALUE`: a value of the stage file replaced, or added, for one run.
///
/// PATH is `name`, or `STAGE.KEY` with further keys behind it; VALUE is YAML. Keys that the file leaves out may be set,
/// also inside mappings that it leaves out: the stage's own reading refuses those that it does not know.
struct Override {
    let path: [String]
    let source: SourceText
    let value: YAMLNode

    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !path.contains(""), path.count <= YAMLDocument.deepest else {
            throw PipelineError.malformedOverride(text)
        }
        source = SourceText(parts[1], named: "--set \(text)", isOverride: true)
        do {
            value = try YAMLDocument(source: source).root()
        } catch PipelineError.empty {
            value = YAMLNode(.scalar(YAMLScalar(text: "", isPlain: true)), at: .start, in: source)
        }
    }

    /// The file's root with the override applied.
    func applied(to root: YAMLNode) throws -> YAMLNode {
        if path == ["name"] { return try setting(path[...], in: root) }
        let stages = root.names(under: "stages")
        guard stages.contains(path[0]) else {
            throw PipelineError.overrideOfNoStage(source.name, found: path[0], stages: stages)
        }
        guard path.count > 1 else { throw PipelineError.overrideOfWholeStage(source.name, stage: path[0]) }
        return try setting((["stages"] + path)[...], in: root)
    }

    private func setting(_ keys: ArraySlice<String>, in node: YAMLNode) throws -> YAMLNode {
        guard let key = keys.first else { return value }
        guard case .mapping(var entries) = node.content else {
            let parent = path.dropLast(keys.count).joined(separator: ".")
            throw PipelineError.overrideInsideValue(source.name, key: key, parent: parent, found: node.found)
        }
        let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
        if index == entries.endIndex {
            entries.append(YAMLEntry(key: key, keyMark: .start, keySource: source, value: emptyMapping))
        }
        let old = entries[index].value
        entries[index].value = try setting(keys.dropFirst(), in: old.isNull ? emptyMapping : old)
        return YAMLNode(.mapping(entries), at: node.mark, in: node.source)
    }

    private var emptyMapping: YAMLNode { YAMLNode(.mapping([]), at: .start, in: source) }
}

extension YAMLNode {
    fileprivate func names(under key: String) -> [String] {
        guard case .mapping(let entries) = content, let value = entries.first(where: { $0.key == key })?.value,
            case .mapping(let stages) = value.content
        else { return [] }
        return stages.map(\.key)
    }
}
