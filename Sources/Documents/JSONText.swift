import Diagnosis

/// Values as JSON that may stand within a script element of a page, where no text in it can end the element, and on a
/// terminal, which no text in it steers.
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
        case "<", ">", "&": fourDigits(scalar)
        case _ where scalar.steersDisplay: fourDigits(scalar)
        default: String(scalar)
        }
    }

    /// The units of UTF-16 by their numbers: one, or a pair beyond the first plane.
    private static func fourDigits(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
