extension Unicode.Scalar {
    /// Whether the character steers a display instead of standing on it.
    ///
    /// Those are control characters (C0 with the line break, DEL, C1), format characters (direction, zero width, tags) and
    /// separators of lines and paragraphs.
    ///
    /// Source: the general categories Cc, Cf, Zl and Zp of the Unicode standard, table 4-4.
    public var steersDisplay: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The character as `\u{1b}`, which Swift and Rust read back.
    public var escaped: String { "\\u{\(String(value, radix: 16))}" }
}

extension Diagnosis {
    /// Escapes what steers a display, so that a file's name cannot steer the terminal it is printed on; line breaks stay.
    public static func printable(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "\n") }) else { return text }
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            if scalar.steersDisplay && scalar != "\n" {
                result += scalar.escaped
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Escapes what steers a display and line breaks, so that what is one row stays one.
    public static func printableLine(_ text: String) -> String {
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        return printable(text).replacing("\n", with: "\\n")
    }

    /// Most texts are plain ASCII, which needs no look at categories.
    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7f }
}
