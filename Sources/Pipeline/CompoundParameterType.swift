extension ParameterType {
    /// A list of values of one type.
    public static func list<Element>(of element: ParameterType<Element>) -> ParameterType<[Element]>
    where Value == [Element] {
        let expected = "a list, each element \(element.expected)"
        return ParameterType<[Element]>(
            expected, acceptsList: true,
            parse: { node in
                guard let elements = node.elements else { throw node.wrongType(expected: expected) }
                return try elements.map(element.parse)
            }, canonical: { .list($0.map(element.canonical)) })
    }

    /// A list of values of one type, or one such value, which stands for a list of one.
    public static func oneOrMore<Element>(of element: ParameterType<Element>) -> ParameterType<[Element]>
    where Value == [Element] {
        let expected = "\(element.expected), or a list of such"
        return ParameterType<[Element]>(
            expected, acceptsList: true,
            parse: { node in
                guard let elements = node.elements else { return [try element.parse(node)] }
                guard !elements.isEmpty else { throw node.wrongType(expected: expected) }
                return try elements.map(element.parse)
            }, canonical: { .list($0.map(element.canonical)) })
    }

    /// A value of one type or of another: the first of the two that takes it.
    public static func either<First, Second>(
        _ first: ParameterType<First>, or second: ParameterType<Second>
    ) -> ParameterType<Either<First, Second>> where Value == Either<First, Second> {
        let expected = "\(first.expected), or \(second.expected)"
        return ParameterType<Either<First, Second>>(
            expected, acceptsList: first.acceptsList || second.acceptsList,
            parse: { node in try parseEither(node, first, second, expected: expected) },
            canonical: { value in
                switch value {
                case .first(let value): first.canonical(value)
                case .second(let value): second.canonical(value)
                }
            })
    }

    /// Where only one of the two takes lists, a list is read as that one, so that a message points at its element.
    private static func parseEither<First, Second>(
        _ node: ParameterNode, _ first: ParameterType<First>, _ second: ParameterType<Second>, expected: String
    ) throws -> Either<First, Second> {
        if first.acceptsList != second.acceptsList, node.elements != nil {
            return first.acceptsList ? .first(try first.parse(node)) : .second(try second.parse(node))
        }
        do {
            return .first(try first.parse(node))
        } catch PipelineError.wrongType(_, _, _, let remedy) {
            if let value = try? second.parse(node) { return .second(value) }
            throw node.wrongType(expected: expected, remedy: remedy)
        }
    }
}

/// A value of one of two types.
public enum Either<First, Second> {
    /// A value of the first type.
    case first(First)
    /// A value of the second type.
    case second(Second)
}

extension Either: Sendable where First: Sendable, Second: Sendable {}
extension Either: Equatable where First: Equatable, Second: Equatable {}
