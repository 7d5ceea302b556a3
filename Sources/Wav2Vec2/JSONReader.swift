/// Reads a text as one JSON value, in time and memory that its length bounds (RFC 8259).
///
/// Foundation's decoder tries each value as one type after another and describes every failure by the whole way to it:
/// a megabyte of deep lists takes it minutes. Here depth is bounded, and of two equal keys the last counts, as in Python.
struct JSONReader {
    /// Levels of lists and objects; published settings have three.
    static let deepest = 64

    /// What is wrong with a text.
    enum Fault: Error, Equatable {
        /// It is no JSON.
        case malformed
        /// It nests deeper than ``JSONReader/deepest``.
        case tooDeep
    }

    private let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    /// The value of a text.
    static func value(of text: String) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes: Array(text.utf8))
        let value = try reader.value()
        reader.skipSpace()
        guard reader.place == reader.bytes.count else { throw .malformed }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value() throws(Fault) -> JSONValue {
        skipSpace()
        guard place < bytes.count else { throw .malformed }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object(try nested { reader throws(Fault) in try reader.members() })
        case UInt8(ascii: "["): return .array(try nested { reader throws(Fault) in try reader.elements() })
        case UInt8(ascii: "\""): return .string(try string())
        default: return try word()
        }
    }

    private mutating func nested<Content>(
        _ read: (inout JSONReader) throws(Fault) -> Content
    ) throws(Fault) -> Content {
        guard depth < Self.deepest else { throw .tooDeep }
        depth += 1
        place += 1
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func members() throws(Fault) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if take("}") { return members }
        repeat {
            skipSpace()
            let key = try string()
            guard take(":") else { throw .malformed }
            members[key] = try value()
        } while take(",")
        guard take("}") else { throw .malformed }
        return members
    }

    private mutating func elements() throws(Fault) -> [JSONValue] {
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw .malformed }
        return elements
    }

    private mutating func skipSpace() {
        while place < bytes.count, " \n\r\t".utf8.contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }
}

// What is no list and no object.
extension JSONReader {
    private mutating func word() throws(Fault) -> JSONValue {
        let end = bytes[place...].firstIndex { " \n\r\t,]}".utf8.contains($0) } ?? bytes.count
        let text = String(decoding: bytes[place..<end], as: UTF8.self)
        place = end
        switch text {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            guard Self.isNumber(text.utf8), let number = Double(text), number.isFinite else { throw .malformed }
            return .number(number)
        }
    }

    /// An integer without needless zeros, then perhaps a fraction, then perhaps an exponent.
    private static func isNumber(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        func skip(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        func skipDigits() -> Bool {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest[digits.endIndex...]
            return !digits.isEmpty
        }
        _ = skip("-")
        guard skip("0") || skipDigits() else { return false }
        if skip("."), !skipDigits() { return false }
        if skip("eE") {
            _ = skip("+-")
            guard skipDigits() else { return false }
        }
        return rest.isEmpty
    }

    private mutating func string() throws(Fault) -> String {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw .malformed }
        place += 1
        var text: [UInt8] = []
        while place < bytes.count, bytes[place] >= 0x20 {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += String(try escaped()).utf8
            default: text.append(byte)
            }
        }
        throw .malformed
    }

    private mutating func escaped() throws(Fault) -> Unicode.Scalar {
        guard place < bytes.count else { throw .malformed }
        defer { place += 1 }
        switch bytes[place] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(bytes[place])
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default: throw .malformed
        }
    }

    /// The scalar of "uXXXX", or of two of them where they are a surrogate pair; leaves `place` at the last digit.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), bytes[(place + 1)...].starts(with: "\\u".utf8) else { throw .malformed }
        place += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw .malformed }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func codeUnit() throws(Fault) -> UInt16 {
        let digits = bytes[place...].dropFirst().prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .malformed }
        place += 4
        return unit
    }
}
