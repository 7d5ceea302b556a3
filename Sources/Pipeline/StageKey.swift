import Crypto

/// What a stage's product depends on, as one SHA-256: two runs with the same key would make the same product.
public struct StageKey: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes of the digest.
    public let bytes: [UInt8]

    /// The key of a stage.
    ///
    /// Every part is tagged and length-prefixed, so that no two different sets of parts give the same bytes to hash.
    /// - Parameters:
    ///   - kind: the stage's kind. Its name is not part of the key: renaming a stage changes nothing that it makes.
    ///   - resultVersion: declared by the code and raised whenever the same parameters give another product.
    ///   - parameters: the parameters as understood.
    ///   - needs: the keys of the stages needed, in declared order.
    ///   - externalInputs: digests of what lies outside the stage file.
    public init(
        kind: String, resultVersion: Int, parameters: CanonicalValue, needs: [StageKey], externalInputs: [String]
    ) {
        let parts = CanonicalValue.list([
            .text("timbre stage key 1"), .text(kind), .int(resultVersion), parameters,
            .list(needs.map { .text($0.description) }), .list(externalInputs.map(CanonicalValue.text)),
        ])
        bytes = Array(SHA256.hash(data: parts.encoded))
    }

    /// The key as 64 hexadecimal digits.
    public var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
