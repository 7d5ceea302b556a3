import Diagnosis

/// Reads one mapping of a stage file, key by key, and notes what it understood.
///
/// Every key that the mapping may hold is asked for once, by ``required(_:_:excludedFromKey:)``,
/// ``optional(_:_:excludedFromKey:)``, ``value(_:_:default:excludedFromKey:)`` or one of the readings of nested mappings;
/// then ``finish()`` refuses what nobody asked for and returns what was read as one ``CanonicalValue``, defaults
/// included. An explicit null counts as an absent key.
public final class ParameterReader {
    private let mapping: ParameterMapping
    private var askedKeys: [String] = []
    private var values: [String: CanonicalValue] = [:]
    private var children: [Child] = []

    private struct Child {
        let key: String
        let readers: [ParameterReader]
        let isList: Bool
        let isExcluded: Bool
    }

    init(_ mapping: ParameterMapping) { self.mapping = mapping }

    /// The keys that lead here, such as `heads.optimizer`.
    public var keyPath: String { mapping.keyPath }

    /// The keys that the file sets here, in file order; for mappings whose keys are data.
    public var keys: [String] { mapping.entries.map(\.key) }

    /// Whether a mapping stands under a key that takes one or something else.
    public func isMapping(_ key: String) -> Bool {
        if case .mapping = mapping.entry(key)?.value.content { true } else { false }
    }

    /// The value of a key that must be there.
    public func required<Value>(
        _ key: String, _ type: ParameterType<Value>, excludedFromKey: Bool = false
    ) throws -> Value {
        guard let value = try optional(key, type, excludedFromKey: excludedFromKey) else {
            throw missing(key, expected: type.expected)
        }
        return value
    }

    /// The value of a key that may be absent; an absent one leaves no trace in the stage's key.
    public func optional<Value>(
        _ key: String, _ type: ParameterType<Value>, excludedFromKey: Bool = false
    ) throws -> Value? {
        guard let node = node(key) else { return nil }
        let value = try type.parse(node)
        note(type.canonical(value), of: key, isExcluded: excludedFromKey)
        return value
    }

    /// The value of a key, or a default, which enters the stage's key as if it were written out.
    public func value<Value>(
        _ key: String, _ type: ParameterType<Value>, default standard: Value, excludedFromKey: Bool = false
    ) throws -> Value {
        if let value = try optional(key, type, excludedFromKey: excludedFromKey) { return value }
        note(type.canonical(standard), of: key, isExcluded: excludedFromKey)
        return standard
    }

    /// A reader of a nested mapping that must be there.
    public func mapping(_ key: String, excludedFromKey: Bool = false) throws -> ParameterReader {
        guard let reader = try optionalMapping(key, excludedFromKey: excludedFromKey) else {
            throw missing(key, expected: "a mapping")
        }
        return reader
    }

    /// A reader of a nested mapping, or nil where the key is absent.
    public func optionalMapping(_ key: String, excludedFromKey: Bool = false) throws -> ParameterReader? {
        guard let node = node(key) else { return nil }
        return try addChild(key, [node], isList: false, isExcluded: excludedFromKey)[0]
    }

    /// A reader of a nested mapping; an absent one reads as an empty one, so that each of its keys takes its default.
    public func mappingOrDefaults(_ key: String, excludedFromKey: Bool = false) throws -> ParameterReader {
        if let reader = try optionalMapping(key, excludedFromKey: excludedFromKey) { return reader }
        let reader = ParameterMapping(keyPath: mapping.path(of: key), entries: [], place: mapping.place).reader()
        children.append(Child(key: key, readers: [reader], isList: false, isExcluded: excludedFromKey))
        return reader
    }

    /// Readers of the mappings in a list; none where the key is absent.
    public func mappings(_ key: String, excludedFromKey: Bool = false) throws -> [ParameterReader] {
        guard let node = node(key) else { return [] }
        guard let elements = node.elements else { throw node.wrongType(expected: "a list of mappings") }
        return try addChild(key, elements, isList: true, isExcluded: excludedFromKey)
    }

    /// Refuses keys that were not asked for, here and in the nested mappings, and returns what was read.
    @discardableResult
    public func finish() throws -> CanonicalValue {
        try checkNothingIsLeft()
        var result = values
        for child in children {
            let finished = try child.readers.map { try $0.finish() }
            guard !child.isExcluded else { continue }
            result[child.key] = child.isList ? .list(finished) : finished[0]
        }
        return .mapping(result)
    }

    /// An error of the stage's own about a key, with the place where its value stands.
    public func diagnosis(
        _ what: String, at key: String, found: String? = nil, expected: String? = nil, remedy: String? = nil,
        exit: ExitReason = .badData
    ) -> Diagnosis {
        let place = mapping.entry(key)?.value.place(mapping.path(of: key)) ?? mapping.place
        return Diagnosis(
            what, place: place.description, found: found, expected: expected, remedy: remedy,
            exit: place.isOverride && exit == .badData ? .usage : exit)
    }
}

extension ParameterReader {
    private func node(_ key: String) -> ParameterNode? {
        if !askedKeys.contains(key) { askedKeys.append(key) }
        guard let entry = mapping.entry(key), !entry.value.isNull else { return nil }
        return ParameterNode(node: entry.value, keyPath: mapping.path(of: key))
    }

    private func note(_ value: CanonicalValue, of key: String, isExcluded: Bool) {
        if !isExcluded { values[key] = value }
    }

    private func addChild(
        _ key: String, _ nodes: [ParameterNode], isList: Bool, isExcluded: Bool
    ) throws -> [ParameterReader] {
        let readers = try nodes.map { node in
            guard let mapping = node.mapping else { throw node.wrongType(expected: "a mapping") }
            return mapping.reader()
        }
        children.append(Child(key: key, readers: readers, isList: isList, isExcluded: isExcluded))
        return readers
    }

    private func missing(_ key: String, expected: String) -> PipelineError {
        let unread = keys.filter { !askedKeys.contains($0) }
        return .missingKey(mapping.place, key: key, expected: expected, nearest: nearest(to: key, among: unread))
    }

    private func checkNothingIsLeft() throws {
        for entry in mapping.entries where !askedKeys.contains(entry.key) {
            throw PipelineError.unknownKey(
                entry.keyPlace(mapping.path(of: entry.key)), key: entry.key, valid: askedKeys + mapping.reservedKeys)
        }
    }
}
