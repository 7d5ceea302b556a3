import Foundation

/// The checksum that zip archives carry: CRC-32 with the reflected polynomial 0xEDB88320 (APPNOTE 4.4.7).
package struct CRC32 {
    private var state: UInt32 = 0xffff_ffff

    /// Begins with no bytes.
    package init() {}

    /// The checksum of all bytes given so far.
    package var value: UInt32 { ~state }

    static func of(_ bytes: Data) -> UInt32 {
        var checksum = CRC32()
        checksum.update(bytes)
        return checksum.value
    }

    package mutating func update(_ bytes: Data) {
        state = bytes.withUnsafeBytes { buffer in
            Self.tables.withUnsafeBufferPointer { tables in
                let words = buffer.count / 8
                let state = (0..<words).reduce(state) { state, word in
                    let eight = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self))
                    return Self.stepped(eight ^ UInt64(state), tables)
                }
                return buffer[(8 * words)...].reduce(state) {
                    tables[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8)
                }
            }
        }
    }

    /// Eight bytes at once: table k holds what a byte is worth that k bytes of zeros follow.
    private static func stepped(_ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
        var result: UInt32 = 0
        for byte in 0..<8 { result ^= tables[(7 - byte) << 8 | Int(word >> UInt64(8 * byte) & 0xff)] }
        return result
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { state, _ in state & 1 == 1 ? 0xedb8_8320 ^ (state >> 1) : state >> 1 }
    }

    /// Eight tables one after another ("slicing by eight": Kounavis and Berry, ISCC 2005); the first is ``table``.
    private static let tables: [UInt32] = (0..<7).reduce(into: table) { tables, _ in
        tables += tables.suffix(256).map { table[Int($0 & 0xff)] ^ ($0 >> 8) }
    }
}
