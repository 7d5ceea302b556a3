import Crypto

/// The digest of a list of texts that comes piece by piece, because the whole would take too much memory.
public struct TextDigest {
    private var hash = SHA256()

    /// Begins with no text.
    public init() {}

    /// Adds texts behind those that are there, each preceded by its length in UTF-8 bytes.
    public mutating func add(_ texts: [String]) {
        for text in texts {
            hash.update(littleEndian: text.utf8.count)
            hash.update(data: Array(text.utf8))
        }
    }

    /// What ``Digest/of(_:)`` gives for all of them in one list.
    public var digest: Digest { Digest(finishing: hash) }
}
