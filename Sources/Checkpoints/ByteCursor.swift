import Foundation

/// A place in a file's bytes that moves forward, and never past their end.
///
/// Positions are offsets in the file, also where the bytes are only a part of it: a slice of `Data` keeps the indices
/// of the whole.
struct ByteCursor {
    private let bytes: Data
    /// The offset in the file of the byte that is read next.
    private(set) var position: Int

    init(_ bytes: Data) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var remaining: Int { bytes.endIndex - position }

    /// The next `count` bytes, without a copy, or nil where there are not so many.
    mutating func take(_ count: Int) -> Data? {
        guard count >= 0, count <= remaining else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    /// The next little-endian integer, or nil where too few bytes are left.
    mutating func integer<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type) -> Number? {
        take(MemoryLayout<Number>.size).map { $0.littleEndian(at: 0) }
    }

    /// The bytes up to the next line feed, which is skipped, or nil where there is none.
    mutating func line() -> Data? {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { position = end + 1 }
        return bytes[position..<end]
    }
}
