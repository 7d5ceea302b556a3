import Diagnosis

/// How `\u{…}` stands in a CSV field for what would steer the terminal that prints the file or break its row, and for
/// what would begin a formula in a spreadsheet that splits at semicolons.
///
/// A backslash before `u{` is escaped too, so that every text comes back as it was.
enum CSVEscapes {
    /// The text with escapes.
    static func escaping(_ text: String) -> String {
        guard text.utf8.contains(where: needsLook) else { return text }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.reduce(into: "") { result, index in
            if isEscaped(at: index, of: scalars) {
                result += scalars[index].escaped
            } else {
                result.unicodeScalars.append(scalars[index])
            }
        }
    }

    /// The text that was escaped; an escape that ``escaping(_:)`` does not write is text.
    static func unescaping(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        return text.replacing(/\\u\{([0-9a-f]{1,6})\}/.matchingSemantics(.unicodeScalar)) { match in
            guard let scalar = UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init), mayBeEscaped(scalar) else {
                return String(match.0)
            }
            return String(scalar)
        }
    }

    /// What makes a spreadsheet run a cell that begins with it, full-width forms included, which East Asian versions take
    /// for the same.
    ///
    /// Source: OWASP, "CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>.
    static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }

    private static func isEscaped(at index: Int, of text: [Unicode.Scalar]) -> Bool {
        func next(_ offset: Int) -> Unicode.Scalar? { index + offset < text.count ? text[index + offset] : nil }
        switch text[index] {
        case "\\": return next(1) == "u" && next(2) == "{"
        // A quote too: it is doubled in a field with quotes, and the two stand for nothing at the start of a cell.
        case ";": return next(1).map { $0 == "\"" || beginsFormula($0) } ?? false
        case let scalar: return scalar.steersDisplay
        }
    }

    private static func mayBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\\" || scalar == ";" || scalar.steersDisplay
    }

    private static func needsLook(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: ";")
    }
}
