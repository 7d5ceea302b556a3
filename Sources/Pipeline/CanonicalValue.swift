/// A parameter as it was understood, apart from how it was written: `1e-4` and `0.0001`, a flow and a block mapping, an
/// omitted default and the same value written out are each one value.
public indirect enum CanonicalValue: Sendable, Hashable {
    /// An explicit nothing.
    case null
    /// True or false.
    case bool(Bool)
    /// A signed whole number.
    case int(Int)
    /// A whole number of 64 bits without a sign, such as a seed; encoded as the equal `int`.
    case unsigned(UInt64)
    /// A number, told apart by its bit pattern.
    case double(Double)
    /// Text.
    case text(String)
    /// Values in an order that matters.
    case list([CanonicalValue])
    /// Values by key; the order of keys does not matter.
    case mapping([String: CanonicalValue])

    /// The value's bytes: a tag, a length (8 bytes, big-endian) and the content.
    ///
    /// Different values have different bytes, and no value's bytes begin another's.
    public var encoded: [UInt8] {
        switch self {
        case .null: tagged("n", [])
        case .bool(let value): tagged("b", [value ? 1 : 0])
        case .int(let value): tagged("i", Array("\(value)".utf8))
        case .unsigned(let value): tagged("i", Array("\(value)".utf8))
        case .double(let value): tagged("d", bigEndianBytes(of: value.bitPattern))
        case .text(let value): tagged("t", Array(value.utf8))
        case .list(let elements): tagged("l", elements.flatMap(\.encoded))
        case .mapping(let values): tagged("m", Self.encoded(values))
        }
    }

    private func tagged(_ tag: Unicode.Scalar, _ content: [UInt8]) -> [UInt8] {
        [UInt8(ascii: tag)] + bigEndianBytes(of: UInt64(content.count)) + content
    }

    /// Keys and values in the order of the keys' bytes.
    private static func encoded(_ values: [String: CanonicalValue]) -> [UInt8] {
        let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return sorted.flatMap { Self.text($0.key).encoded + $0.value.encoded }
    }
}

/// The bytes of a number, most significant first.
func bigEndianBytes(of number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
