import FeatureStore

/// One of N shares of work, counted from 1: `3/8`.
///
/// What belongs to which follows from its key alone, a clip's SHA-256 or a training's: the first eight bytes, read as one
/// number with the highest byte first, modulo N, and one more. So a share stays what it is when clips are added, and
/// `int(sha256[:16], 16) % N + 1` in Python tells whose a clip is.
public struct Shard: Sendable, Hashable, Codable {
    /// From 1 to ``count``.
    public let number: Int
    /// How many there are.
    public let count: Int

    /// More than any array of jobs that Slurm is set up for by default, by ten.
    public static let most = 10_000

    /// Nil unless 1 ≤ number ≤ count ≤ ``most``.
    public init?(number: Int, count: Int) {
        guard (1...Self.most).contains(count), (1...count).contains(number) else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Reads `I/N`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = text.utf8.allSatisfy { ("0"..."9").contains(Unicode.Scalar($0)) || $0 == UInt8(ascii: "/") }
        guard isPlain, parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else { return nil }
        self.init(number: number, count: count)
    }

    /// Whether a piece of work is in this share.
    func holds(_ key: Digest) -> Bool { Self.number(of: key, among: count) == number }

    /// The share that a piece of work is in, of so many.
    static func number(of key: Digest, among count: Int) -> Int { Int(key.leadingNumber % UInt64(count)) + 1 }
}

extension Shard: CustomStringConvertible {
    /// As it is written: `3/8`.
    public var description: String { "\(number)/\(count)" }
}
