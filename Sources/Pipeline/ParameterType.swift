/// How a value of a stage file is read: what is accepted, what it becomes, and how it enters the stage's key.
public struct ParameterType<Value>: Sendable {
    /// What is accepted, in words: "a whole number of at least 1".
    let expected: String
    let acceptsList: Bool
    let parse: @Sendable (ParameterNode) throws -> Value
    let canonical: @Sendable (Value) -> CanonicalValue

    init(
        _ expected: String, acceptsList: Bool = false, parse: @escaping @Sendable (ParameterNode) throws -> Value,
        canonical: @escaping @Sendable (Value) -> CanonicalValue
    ) {
        self.expected = expected
        self.acceptsList = acceptsList
        self.parse = parse
        self.canonical = canonical
    }

    /// The same type for values that also satisfy a condition, whose words replace the type's own in messages.
    public func when(_ words: String, _ holds: @escaping @Sendable (Value) -> Bool) -> ParameterType {
        ParameterType(
            words, acceptsList: acceptsList,
            parse: { node in
                do {
                    let value = try parse(node)
                    guard holds(value) else { throw node.wrongType(expected: words) }
                    return value
                } catch PipelineError.wrongType(node.place, let found, _, let remedy) {
                    throw PipelineError.wrongType(node.place, found: found, expected: words, remedy: remedy)
                }
            }, canonical: canonical)
    }
}

extension ParameterType where Value == String {
    /// Text: quoted, or plain and not a number, `true`, `false` or `null`.
    ///
    /// `yes`, `no`, `on` and `off` are text.
    public static var text: Self {
        ParameterType("text", parse: { try $0.text(expected: "text") }, canonical: CanonicalValue.text)
    }

    /// A word as it is written, also one that looks like a number, such as the id 01234567.
    public static var word: Self {
        ParameterType(
            "a word",
            parse: { node in
                guard let scalar = node.scalar, scalar.value != .null else { throw node.wrongType(expected: "a word") }
                return scalar.text
            }, canonical: CanonicalValue.text)
    }

    /// One of some names.
    public static func choice(_ names: [String]) -> Self {
        let expected = "one of \(listed(names))"
        return ParameterType(
            expected,
            parse: { node in
                let text = try node.text(expected: expected, orNearestOf: names)
                guard names.contains(text) else {
                    throw node.wrongType(expected: expected, remedy: nearest(to: text, among: names))
                }
                return text
            }, canonical: CanonicalValue.text)
    }
}

extension ParameterType where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the cases of an enumeration, by their raw values.
    public static func choice(of type: Value.Type) -> Self {
        let names = ParameterType<String>.choice(type.allCases.map(\.rawValue))
        return ParameterType(
            names.expected,
            parse: { node in
                let name = try names.parse(node)
                guard let value = Value(rawValue: name) else { preconditionFailure("expected a case named \(name)") }
                return value
            }, canonical: { .text($0.rawValue) })
    }
}

extension ParameterType where Value == Bool {
    /// `true` or `false`.
    public static var bool: Self {
        ParameterType(
            "true or false",
            parse: { node in
                guard case .bool(let value) = node.scalar?.value else {
                    throw node.wrongType(expected: "true or false")
                }
                return value
            }, canonical: CanonicalValue.bool)
    }
}

extension ParameterType where Value == Int {
    /// A whole number.
    public static var wholeNumber: Self { wholeNumber("a whole number") { _ in true } }

    /// A whole number in a range.
    public static func wholeNumber(in range: some ParameterRange<Int> & Sendable) -> Self {
        wholeNumber("a whole number \(range.words)", isValid: range.contains)
    }

    private static func wholeNumber(_ expected: String, isValid: @escaping @Sendable (Int) -> Bool) -> Self {
        ParameterType(
            expected,
            parse: { node in
                guard let value = node.int, isValid(value) else { throw node.wrongType(expected: expected) }
                return value
            }, canonical: CanonicalValue.int)
    }
}

extension ParameterType where Value == UInt64 {
    /// A seed: a whole number from 0 to 2^64 - 1.
    public static var seed: Self {
        let expected = "a whole number from 0 to \(UInt64.max)"
        return ParameterType(
            expected,
            parse: { node in
                guard case .whole(let isNegative, let magnitude?) = node.scalar?.value, !isNegative || magnitude == 0
                else { throw node.wrongType(expected: expected) }
                return magnitude
            }, canonical: CanonicalValue.unsigned)
    }
}

extension ParameterType where Value == Double {
    /// A finite number.
    public static var number: Self { number("a finite number") { _ in true } }

    /// A finite number in a range.
    public static func number(in range: some ParameterRange<Double> & Sendable) -> Self {
        number("a number \(range.words)", isValid: range.contains)
    }

    /// A finite number above a bound.
    public static func number(above bound: Double) -> Self { number("a number above \(bound)") { $0 > bound } }

    private static func number(_ expected: String, isValid: @escaping @Sendable (Double) -> Bool) -> Self {
        ParameterType(
            expected,
            parse: { node in
                guard let value = node.double, value.isFinite, isValid(value) else {
                    throw node.wrongType(expected: expected)
                }
                return value
            }, canonical: CanonicalValue.double)
    }
}

extension ParameterNode {
    fileprivate func text(expected: String, orNearestOf names: [String] = []) throws -> String {
        guard let scalar else { throw wrongType(expected: expected) }
        if case .text(let text) = scalar.value { return text }
        let remedy = scalar.value == .null || !names.isEmpty ? nil : "put it in quotes: \"\(scalar.text)\""
        throw wrongType(expected: expected, remedy: remedy)
    }

    fileprivate var int: Int? {
        guard case .whole(let isNegative, let magnitude?) = scalar?.value else { return nil }
        guard isNegative else { return Int(exactly: magnitude) }
        return magnitude == UInt64(Int.min.magnitude) ? .min : Int(exactly: magnitude).map { -$0 }
    }

    fileprivate var double: Double? {
        switch scalar?.value {
        case .number(let value): value
        case .whole(let isNegative, let magnitude?): isNegative ? -Double(magnitude) : Double(magnitude)
        case .whole: scalar.flatMap { Double($0.text) }
        default: nil
        }
    }
}
