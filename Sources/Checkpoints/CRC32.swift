import Foundation

/// The checksum that zip archives carry: CRC-32 with the reflected polynomial 0xEDB88320 (APPNOTE 4.4.7).
struct CRC32 {
    private var state: UInt32 = 0xffff_ffff

    /// The checksum of all bytes given so far.
    var value: UInt32 { ~state }

    static func of(_ bytes: Data) -> UInt32 {
        var checksum = CRC32()
        checksum.update(bytes)
        return checksum.value
    }

    mutating func update(_ bytes: Data) {
        state = bytes.withUnsafeBytes { buffer in
            buffer.reduce(state) { Self.table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
        }
    }

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { state, _ in state & 1 == 1 ? 0xedb8_8320 ^ (state >> 1) : state >> 1 }
    }
}
