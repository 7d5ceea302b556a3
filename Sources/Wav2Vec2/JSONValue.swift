/// A value of a JSON file, with numbers and booleans kept apart.
enum JSONValue: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue: CustomStringConvertible {
    /// Elements of a list that messages repeat: more than an encoder has convolutions.
    private static let mostSpelled = 40

    /// The value as the file spells it, on one line.
    var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let value): Int(exactly: value).map { "\($0)" } ?? "\(value)"
        case .string(let value): "\"\(value)\""
        case .array(let values):
            "[" + values.prefix(Self.mostSpelled).map(\.description).joined(separator: ", ")
                + (values.count > Self.mostSpelled ? ", …]" : "]")
        case .object(let members): "an object of \(members.count) keys"
        }
    }
}
