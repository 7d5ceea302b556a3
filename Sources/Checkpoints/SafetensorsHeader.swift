import Foundation

/// The header of a safetensors file, fully checked against the file's length.
///
/// The file is an 8-byte little-endian header length N, N bytes of JSON, and the data that the header's offsets count
/// from. Tensors must fill the data without hole or overlap. See the reference implementation, huggingface/safetensors
/// `safetensors/src/tensor.rs`, `read_metadata` and `validate`; stricter than it in that keys may not repeat, the
/// header begins with its brace, and a tensor's entry has no further fields.
struct SafetensorsHeader {
    static let lengthByteCount = 8
    /// The longest header accepted, in bytes, as in the reference implementation.
    static let maximumByteCount = 100_000_000

    struct Entry {
        let type: ElementType
        /// Natural numbers whose extent in bytes is that of `range`.
        let shape: [Int]
        /// Bytes of the data.
        let range: Range<Int>
    }

    let metadata: [String: String]
    let entries: [String: Entry]
    /// The offset in the file of the first byte of data.
    let dataStart: Int

    /// Reads and checks the header; `bytes` are the whole file and hold more than its length.
    init(_ bytes: Data, file: String) throws {
        let headerBytes = try Self.headerBytes(of: bytes, file: file)
        dataStart = headerBytes.endIndex
        var reader = SafetensorsHeaderReader(headerBytes, file: file)
        (metadata, entries) = try reader.header()
        try Self.check(entries, cover: bytes.endIndex - dataStart, file: file)
    }

    /// The tensors of the file that this is the header of.
    func views(of bytes: Data, file: String) -> [String: TensorView] {
        Dictionary(
            uniqueKeysWithValues: entries.map { name, entry in
                let range = (dataStart + entry.range.lowerBound)..<(dataStart + entry.range.upperBound)
                let view = TensorView(
                    name: name, shape: entry.shape, elementType: entry.type, bytes: bytes[range], file: file)
                return (name, view)
            })
    }

    private static func headerBytes(of bytes: Data, file: String) throws -> Data {
        let length: UInt64 = bytes.littleEndian(at: 0)
        guard length <= maximumByteCount else {
            throw CheckpointError.safetensors(file: file, .headerTooLong(byteCount: length))
        }
        let available = bytes.count - lengthByteCount
        guard length <= available else {
            throw CheckpointError.safetensors(file: file, .headerBeyondFile(byteCount: length, available: available))
        }
        return bytes[lengthByteCount..<(lengthByteCount + Int(length))]
    }

    private static func check(_ entries: [String: Entry], cover byteCount: Int, file: String) throws {
        var position = 0
        var previous = ""
        for (name, entry) in entries.sorted(by: { order($0) < order($1) }) {
            let begin = entry.range.lowerBound
            if begin < position {
                throw CheckpointError.safetensors(file: file, .overlap(tensor: name, other: previous, at: begin))
            }
            if begin > position {
                throw CheckpointError.safetensors(file: file, .hole(tensor: name, from: position, to: begin))
            }
            (position, previous) = (entry.range.upperBound, name)
        }
        guard position == byteCount else {
            throw CheckpointError.safetensors(file: file, .dataLength(declared: position, found: byteCount))
        }
    }

    /// By place in the file; the name only makes the choice between empty tensors at one place definite.
    private static func order(_ item: (key: String, value: Entry)) -> (Int, Int, String) {
        (item.value.range.lowerBound, item.value.range.upperBound, item.key)
    }
}
