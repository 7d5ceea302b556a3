/// Values as JSON that may stand within a script element of a page: no text in it can end the element.
public enum JSONText {
    /// A string.
    public static func string(_ text: String) -> String {
        "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// An array of values that are JSON already.
    public static func array(_ values: some Sequence<String>) -> String { "[\(values.joined(separator: ","))]" }

    /// An object of values that are JSON already, in the given order.
    public static func object(_ members: some Sequence<(name: String, value: String)>) -> String {
        "{\(members.map { "\(string($0.name)):\($0.value)" }.joined(separator: ","))}"
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\u{0}"..<" ", "<", ">", "&", "\u{2028}", "\u{2029}": fourDigits(scalar)
        default: String(scalar)
        }
    }

    private static func fourDigits(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
