/// The marks, spaces and strings of JSON (RFC 8259), read off a text from its first byte to its last.
///
/// What the readers of JSON share: how they put values together, and what they refuse besides, is their own.
package struct JSONLexer {
    /// What is wrong, and at which byte.
    package enum Fault: Error, Equatable {
        case unexpected(position: Int, expected: String)
        case notUTF8(position: Int)
    }

    package let bytes: [UInt8]
    /// The byte that is read next.
    package var position = 0

    /// At the first of these bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package mutating func skipSpace() {
        while position < bytes.count, " \n\r\t".utf8.contains(bytes[position]) { position += 1 }
    }

    /// Whether the next byte after white space is this character, which is then behind.
    package mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    package mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
        guard skip(character) else { throw unexpected("'\(character)'") }
    }

    /// A string, of which the quotes are in the text.
    package mutating func string() throws(Fault) -> String {
        try expect("\"")
        let start = position
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] >= 0x20 {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw .notUTF8(position: start) }
                return string
            case UInt8(ascii: "\\"): text += try escapedCharacter().utf8
            default: text.append(byte)
            }
        }
        throw unexpected("the end of a string")
    }

    /// The fault that something else is next.
    package func unexpected(_ expected: String) -> Fault { .unexpected(position: position, expected: expected) }

    private mutating func escapedCharacter() throws(Fault) -> Character {
        guard position < bytes.count else { throw unexpected("a character after '\\'") }
        switch bytes[position] {
        case UInt8(ascii: "u"): return Character(try escapedScalar())
        case let byte:
            guard let character = Self.escapes[byte] else { throw unexpected("one of JSON's escapes after '\\'") }
            position += 1
            return character
        }
    }

    private static let escapes: [UInt8: Character] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    /// The scalar of "uXXXX", or of two of them where they are a surrogate pair.
    private mutating func escapedScalar() throws(Fault) -> Unicode.Scalar {
        let first = try escapedCodeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), bytes[position...].starts(with: "\\u".utf8) else {
            throw unexpected("the second half of a surrogate pair")
        }
        position += 1
        let second = try escapedCodeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw unexpected("the second half of a surrogate pair") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func escapedCodeUnit() throws(Fault) -> UInt16 {
        let digits = bytes[position...].dropFirst().prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw unexpected("four hexadecimal digits after '\\u'") }
        position += 5
        return unit
    }
}
