/// A scalar as it stands in the file, read by the core schema of YAML 1.2 (section 10.3.2).
///
/// Under that schema `yes`, `no`, `on` and `off` are text and `010` is ten; `true`, `null`, `0x1f`, `1e-4` and `.inf`
/// mean what they seem to. Anything in quotes is text.
struct YAMLScalar: Sendable, Equatable {
    let text: String
    let isPlain: Bool

    enum Value: Equatable {
        case null
        case bool(Bool)
        /// `magnitude` is nil where it needs more than 64 bits.
        case whole(isNegative: Bool, magnitude: UInt64?)
        case number(Double)
        case text(String)
    }

    var value: Value {
        guard isPlain else { return .text(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return whole ?? number ?? .text(text)
        }
    }

    private var whole: Value? {
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard !digits.isEmpty, digits.allSatisfy({ Self.isDigit($0, radix: radix) }) else { return nil }
            return .whole(isNegative: false, magnitude: UInt64(digits, radix: radix))
        }
        let digits = unsigned
        guard !digits.isEmpty, digits.allSatisfy(Self.isDigit) else { return nil }
        return .whole(isNegative: text.hasPrefix("-"), magnitude: UInt64(digits))
    }

    private var number: Value? {
        switch unsigned {
        case ".inf", ".Inf", ".INF": return .number(text.hasPrefix("-") ? -.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return unsigned.count == text.count ? .number(.nan) : nil
        default: return Self.isDecimal(unsigned) ? Double(text).map(Value.number) : nil
        }
    }

    /// Digits with at most one point among them, then perhaps an exponent.
    private static func isDecimal(_ text: Substring) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let digits = parts[0].filter { $0 != "." }
        let isMantissa = !digits.isEmpty && digits.allSatisfy(isDigit) && parts[0].count - digits.count <= 1
        guard parts.count == 2 else { return isMantissa }
        let exponent = parts[1].drop(while: { "+-".contains($0) })
        return isMantissa && parts[1].count - exponent.count <= 1 && !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    private var unsigned: Substring { text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...] }

    private static func isDigit(_ character: Character) -> Bool { isDigit(character, radix: 10) }

    private static func isDigit(_ character: Character, radix: Int) -> Bool {
        character.isASCII && character.hexDigitValue.map { $0 < radix } == true
    }
}
