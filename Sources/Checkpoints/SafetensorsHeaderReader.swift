import Foundation

/// A strict reader of the JSON that a safetensors header may hold: objects, arrays, strings and whole numbers.
///
/// Foundation's reader keeps the last of two equal keys and takes numbers as floating-point ones; a header that says
/// two things about one tensor must be refused instead. Nesting is that of the calls below, so it cannot grow with the
/// input.
struct SafetensorsHeaderReader {
    private var lexer: JSONLexer
    private let firstByte: Int
    private let file: String

    /// `bytes` are the header's part of the file.
    init(_ bytes: Data, file: String) {
        lexer = JSONLexer(Array(bytes))
        self.firstByte = bytes.startIndex
        self.file = file
    }

    /// The metadata and the tensors, in a header with nothing before and only white space after it.
    mutating func header() throws -> (metadata: [String: String], entries: [String: SafetensorsHeader.Entry]) {
        var metadata: [String: String] = [:]
        var entries: [String: SafetensorsHeader.Entry] = [:]
        guard lexer.bytes.first == UInt8(ascii: "{") else { throw unexpected("'{', with which a header begins") }
        try object { reader, key in
            if key == "__metadata__" {
                try reader.object { metadata[$1] = try $0.string() }
            } else {
                entries[key] = try reader.entry(of: key)
            }
        }
        lexer.skipSpace()
        if lexer.position < lexer.bytes.count { throw unexpected("only white space after the header's last '}'") }
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
        lexer.skipSpace()
        let characters = lexer.bytes[lexer.position...].prefix { "-+.0123456789eE".utf8.contains($0) }
        if characters.isEmpty { throw unexpected("a number") }
        lexer.position = characters.endIndex
        let text = String(decoding: characters, as: UTF8.self)
        guard let number = Int(text), number >= 0, text == String(number) else {
            throw fault(.number(tensor: tensor, field: field, text: text))
        }
        return number
    }
}

// Objects and lists, whose keys are all different.
extension SafetensorsHeaderReader {
    private mutating func object(_ readValue: (inout Self, String) throws -> Void) throws {
        var keys: Set<String> = []
        try expect("{")
        if lexer.skip("}") { return }
        repeat {
            let key = try string()
            guard keys.insert(key).inserted else { throw fault(.duplicateKey(key)) }
            try expect(":")
            try readValue(&self, key)
        } while lexer.skip(",")
        try expect("}")
    }

    private mutating func array(_ readElement: (inout Self) throws -> Void) throws {
        try expect("[")
        if lexer.skip("]") { return }
        repeat { try readElement(&self) } while lexer.skip(",")
        try expect("]")
    }

    private mutating func string() throws -> String {
        do throws(JSONLexer.Fault) { return try lexer.string() } catch { throw fault(error) }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        do throws(JSONLexer.Fault) { try lexer.expect(character) } catch { throw fault(error) }
    }

    private func unexpected(_ expected: String) -> CheckpointError { fault(lexer.unexpected(expected)) }

    private func fault(_ fault: JSONLexer.Fault) -> CheckpointError {
        switch fault {
        case .notUTF8(let position):
            return self.fault(
                .syntax(byte: firstByte + position, found: "bytes that are not UTF-8", expected: "text"))
        case .unexpected(let position, let expected):
            let bytes = lexer.bytes
            let found = position < bytes.count ? describe(bytes[position]) : "the end of the header"
            return self.fault(.syntax(byte: firstByte + position, found: found, expected: expected))
        }
    }

    private func fault(_ fault: CheckpointError.SafetensorsFault) -> CheckpointError {
        .safetensors(file: file, fault)
    }
}
