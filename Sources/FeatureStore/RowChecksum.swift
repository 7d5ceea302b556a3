import Crypto
import Foundation

/// The checksum of a row: the first eight bytes of a SHA-256 over its table's name and everything in it.
///
/// A disk that turns a bit makes a wrong report otherwise; SQLite checks its own structures, not the values in them. What
/// is fed is preceded by its length where that may vary, so that no other row has the same bytes in another arrangement.
struct RowChecksum {
    private var hash = SHA256()

    /// Begins with the table, so that a row of one is none of another.
    init(of table: String) { add(table) }

    mutating func add(_ number: Int) { add(bits: UInt64(bitPattern: Int64(number))) }

    /// Adds the bits of a figure; not a number is one number, because SQLite does not tell its kinds apart.
    mutating func add(_ figure: Double) { add(bits: figure.isNaN ? Double.nan.bitPattern : figure.bitPattern) }

    mutating func add(_ digest: Digest) { hash.update(data: digest.bytes) }

    mutating func add(_ bytes: Data) {
        add(bytes.count)
        hash.update(data: bytes)
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            add(bytes.count)
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }

    /// The checksum of all that was added.
    var value: Data { Data(hash.finalize().prefix(8)) }

    private mutating func add(bits: UInt64) {
        withUnsafeBytes(of: bits.littleEndian) { hash.update(bufferPointer: $0) }
    }
}
