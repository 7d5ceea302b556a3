import Crypto
import Foundation
import GRDB

/// A SHA-256 digest: what a file's content, a recipe, a cell or a stage is known by.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes, eight to a word, first byte lowest.
    private var words = SIMD4<UInt64>()

    /// Takes 32 bytes as they are; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init(exactly: bytes)
    }

    /// Reads 64 hexadecimal digits of either case; nil for anything else.
    public init?(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        guard digits.count == 64, hex.utf8.count == 64 else { return nil }
        self.init(exactly: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    /// Hashes bytes in memory.
    public init(hashing data: Data) {
        self.init(exactly: SHA256.hash(data: data))
    }

    init(finishing hash: SHA256) {
        self.init(exactly: hash.finalize())
    }

    private init(exactly bytes: some Sequence<UInt8>) {
        for (index, byte) in bytes.enumerated() {
            words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
    }

    /// Hashes a list of texts so that no other list has the same digest: each is preceded by its length in UTF-8 bytes.
    public static func of(_ parts: [String]) -> Digest {
        var texts = TextDigest()
        texts.add(parts)
        return texts.digest
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    /// The first eight bytes as one number, the highest first.
    public var leadingNumber: UInt64 { words[0].byteSwapped }

    /// The 64 hexadecimal digits, lower case.
    public var hex: String {
        String(unsafeUninitializedCapacity: 64) { digits in
            for index in 0..<64 {
                let word = words[index / 16]
                let nibble = word >> UInt64(index / 2 % 8 * 8 + (index % 2 == 0 ? 4 : 0)) & 15
                digits[index] = hexadecimalDigit(nibble)
            }
            return 64
        }
    }

    /// The 64 hexadecimal digits, lower case.
    public var description: String { hex }
}

extension Digest: Comparable {
    /// Orders digests as their hexadecimal digits.
    public static func < (left: Digest, right: Digest) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension Digest: DatabaseValueConvertible {
    /// The 32 bytes as a BLOB.
    public var databaseValue: DatabaseValue { Data(bytes).databaseValue }

    /// Takes a BLOB of 32 bytes; anything else is damage.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> Digest? {
        Data.fromDatabaseValue(value).flatMap { Digest(bytes: $0) }
    }
}

extension SHA256 {
    /// Feeds a number as eight bytes, lowest first.
    mutating func update(littleEndian number: Int) {
        Swift.withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { update(bufferPointer: $0) }
    }
}

private func hexadecimalDigit(_ nibble: UInt64) -> UInt8 {
    UInt8(
        truncatingIfNeeded: nibble < 10 ? UInt64(UInt8(ascii: "0")) + nibble : UInt64(UInt8(ascii: "a")) + nibble - 10)
}
