import Foundation

/// A strict reader of the JSON that a safetensors header may hold: objects, arrays, strings and whole numbers.
///
/// Foundation's reader keeps the last of two equal keys and takes numbers as floating-point ones; a header that says
/// two things about one tensor must be refused instead. Nesting is that of the calls below, so it cannot grow with the
/// input.
struct SafetensorsHeaderReader {
    private let bytes: [UInt8]
    private let firstByte: Int
    private let file: String
    private var position = 0

    /// `bytes` are the header's part of the file.
    init(_ bytes: Data, file: String) {
        self.bytes = Array(bytes)
        self.firstByte = bytes.startIndex
        self.file = file
    }

    /// The metadata and the tensors, in a header with nothing before and only white space after it.
    mutating func header() throws -> (metadata: [String: String], entries: [String: SafetensorsHeader.Entry]) {
        var metadata: [String: String] = [:]
        var entries: [String: SafetensorsHeader.Entry] = [:]
        guard bytes.first == UInt8(ascii: "{") else { throw unexpected("'{', with which a header begins") }
        try object { reader, key in
            if key == "__metadata__" {
                try reader.object { metadata[$1] = try $0.string() }
            } else {
                entries[key] = try reader.entry(of: key)
            }
        }
        skipSpace()
        if position < bytes.count { throw unexpected("only white space after the header's last '}'") }
        return (metadata, entries)
    }

    private mutating func entry(of tensor: String) throws -> SafetensorsHeader.Entry {
        var type: ElementType?
        var shape: [Int]?
        var offsets: [Int]?
        try object { reader, field in
            switch field {
            case "dtype": type = try reader.elementType(of: tensor)
            case "shape": shape = try reader.numbers(in: field, of: tensor)
            case "data_offsets": offsets = try reader.numbers(in: field, of: tensor)
            default: throw reader.fault(.unknownField(tensor: tensor, field: field))
            }
        }
        guard let type else { throw fault(.missingField(tensor: tensor, field: "dtype")) }
        guard let shape else { throw fault(.missingField(tensor: tensor, field: "shape")) }
        guard let offsets else { throw fault(.missingField(tensor: tensor, field: "data_offsets")) }
        return try checked(tensor, type, shape, offsets)
    }

    private func checked(
        _ tensor: String, _ type: ElementType, _ shape: [Int], _ offsets: [Int]
    ) throws -> SafetensorsHeader.Entry {
        guard let extent = type.extent(of: shape) else {
            throw fault(.extentOverflow(tensor: tensor, type: type, shape: shape))
        }
        guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] - offsets[0] == extent.bytes else {
            throw fault(
                .offsets(tensor: tensor, type: type, shape: shape, byteCount: extent.bytes, offsets: offsets))
        }
        return SafetensorsHeader.Entry(type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private mutating func elementType(of tensor: String) throws -> ElementType {
        let name = try string()
        guard let type = ElementType(rawValue: name) else {
            throw fault(.unknownElementType(tensor: tensor, name: name))
        }
        return type
    }

    private mutating func numbers(in field: String, of tensor: String) throws -> [Int] {
        var numbers: [Int] = []
        try array { reader in numbers.append(try reader.naturalNumber(in: field, of: tensor)) }
        return numbers
    }

    private mutating func naturalNumber(in field: String, of tensor: String) throws -> Int {
        skipSpace()
        let characters = bytes[position...].prefix { "-+.0123456789eE".utf8.contains($0) }
        if characters.isEmpty { throw unexpected("a number") }
        position = characters.endIndex
        let text = String(decoding: characters, as: UTF8.self)
        guard let number = Int(text), number >= 0, text == String(number) else {
            throw fault(.number(tensor: tensor, field: field, text: text))
        }
        return number
    }
}

// The grammar of JSON (RFC 8259).
extension SafetensorsHeaderReader {
    private mutating func object(_ readValue: (inout Self, String) throws -> Void) throws {
        var keys: Set<String> = []
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try string()
            guard keys.insert(key).inserted else { throw fault(.duplicateKey(key)) }
            try expect(":")
            try readValue(&self, key)
        } while skip(",")
        try expect("}")
    }

    private mutating func array(_ readElement: (inout Self) throws -> Void) throws {
        try expect("[")
        if skip("]") { return }
        repeat { try readElement(&self) } while skip(",")
        try expect("]")
    }

    private mutating func string() throws -> String {
        try expect("\"")
        let start = position
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] >= 0x20 {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw fault(.syntax(byte: firstByte + start, found: "bytes that are not UTF-8", expected: "text"))
                }
                return string
            case UInt8(ascii: "\\"): text += try escapedCharacter().utf8
            default: text.append(byte)
            }
        }
        throw unexpected("the end of a string")
    }

    private mutating func escapedCharacter() throws -> Character {
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
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let first = try escapedCodeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), bytes[position...].starts(with: Array("\\u".utf8)) else {
            throw unexpected("the second half of a surrogate pair")
        }
        position += 1
        let second = try escapedCodeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw unexpected("the second half of a surrogate pair") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func escapedCodeUnit() throws -> UInt16 {
        let digits = bytes[position...].dropFirst().prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw unexpected("four hexadecimal digits after '\\u'") }
        position += 5
        return unit
    }

    private mutating func skipSpace() {
        while position < bytes.count, " \n\r\t".utf8.contains(bytes[position]) { position += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard skip(character) else { throw unexpected("'\(character)'") }
    }

    private func unexpected(_ expected: String) -> CheckpointError {
        let found = position < bytes.count ? describe(bytes[position]) : "the end of the header"
        return fault(.syntax(byte: firstByte + position, found: found, expected: expected))
    }

    private func fault(_ fault: CheckpointError.SafetensorsFault) -> CheckpointError {
        .safetensors(file: file, fault)
    }
}
