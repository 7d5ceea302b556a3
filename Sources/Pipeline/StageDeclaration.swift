/// A stage as the file declares it: its name, its kind, the stages it needs, and parameters that its kind will read.
public struct StageDeclaration: Sendable {
    /// The stage's name: a letter, then letters, digits, `_` and `-`.
    public let name: String
    /// The kind, which chooses the code.
    public let kind: String
    /// The names of the stages it needs, in declared order.
    public let needs: [String]
    /// Everything else that is set for the stage.
    public let parameters: ParameterMapping
    let kindPlace: SourcePlace
    /// One for each of `needs`.
    let needPlaces: [SourcePlace]

    init(_ entry: YAMLEntry) throws {
        let place = entry.keyPlace(entry.key)
        guard entry.key.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) != nil else {
            throw PipelineError.stageName(place, found: entry.key)
        }
        let node = ParameterNode(node: entry.value, keyPath: entry.key)
        guard let mapping = node.mapping else { throw node.wrongType(expected: "a mapping with the key 'kind'") }
        let all = ParameterMapping(keyPath: entry.key, entries: mapping.entries, place: place)
        let reader = all.reader()
        name = entry.key
        kind = try reader.required("kind", .text)
        kindPlace = all.place(ofValueOf: "kind")
        let needed = all.nodes(under: "needs")
        needs = try needed.map(ParameterType.nameOfStage.parse)
        needPlaces = needed.map(\.place)
        parameters = ParameterMapping(
            keyPath: entry.key, entries: mapping.entries.filter { $0.key != "kind" && $0.key != "needs" }, place: place,
            reservedKeys: ["kind", "needs"])
    }
}

extension ParameterType where Value == String {
    fileprivate static var nameOfStage: Self { text.when("the name of a stage") { _ in true } }
}

extension ParameterMapping {
    fileprivate func place(ofValueOf key: String) -> SourcePlace { entry(key)?.value.place(path(of: key)) ?? place }

    /// The elements of a list, or the one value that stands for a list of one; none where nothing is set.
    fileprivate func nodes(under key: String) -> [ParameterNode] {
        guard let entry = entry(key), !entry.value.isNull else { return [] }
        let node = ParameterNode(node: entry.value, keyPath: path(of: key))
        return node.elements ?? [node]
    }
}
