import Checkpoints

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

    private var lexer: JSONLexer
    private var depth = 0

    /// The value of a text.
    static func value(of text: String) throws(Fault) -> JSONValue {
        var reader = JSONReader(lexer: JSONLexer(Array(text.utf8)))
        let value = try reader.value()
        reader.lexer.skipSpace()
        guard reader.lexer.position == reader.lexer.bytes.count else { throw .malformed }
        return value
    }

    private mutating func value() throws(Fault) -> JSONValue {
        lexer.skipSpace()
        guard lexer.position < lexer.bytes.count else { throw .malformed }
        switch lexer.bytes[lexer.position] {
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
        lexer.position += 1
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func members() throws(Fault) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if lexer.skip("}") { return members }
        repeat {
            let key = try string()
            guard lexer.skip(":") else { throw .malformed }
            members[key] = try value()
        } while lexer.skip(",")
        guard lexer.skip("}") else { throw .malformed }
        return members
    }

    private mutating func elements() throws(Fault) -> [JSONValue] {
        var elements: [JSONValue] = []
        if lexer.skip("]") { return elements }
        repeat { elements.append(try value()) } while lexer.skip(",")
        guard lexer.skip("]") else { throw .malformed }
        return elements
    }
}

// What is no list and no object.
extension JSONReader {
    private mutating func word() throws(Fault) -> JSONValue {
        let word = lexer.bytes[lexer.position...].prefix { !" \n\r\t,]}".utf8.contains($0) }
        let text = String(decoding: word, as: UTF8.self)
        lexer.position = word.endIndex
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
        do throws(JSONLexer.Fault) { return try lexer.string() } catch { throw .malformed }
    }
}
