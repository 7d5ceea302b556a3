import Crypto
import Foundation

/// A clip's pooled hidden states, as one encoder made them.
public struct Embedding: Sendable, Equatable {
    /// How many hidden states there are: the transformer's input and each of its layers.
    public var layers: Int
    /// The width of one hidden state.
    public var hidden: Int
    /// The frames that the mean was taken over.
    public var frames: Int
    /// The means: layers × hidden, layer 0 first.
    public var values: [Float]
    /// What the encoder ran on: provenance, not part of any key.
    public var instructionSet: String

    /// Joins the values to their shape.
    public init(layers: Int, hidden: Int, frames: Int, values: [Float], instructionSet: String) {
        precondition(
            values.count == layers * hidden,
            "expected \(layers) × \(hidden) = \(layers * hidden) values, got \(values.count)")
        self.layers = layers
        self.hidden = hidden
        self.frames = frames
        self.values = values
        self.instructionSet = instructionSet
    }

    /// The hidden states of the wanted layers: wanted.count × hidden, in the order wanted.
    public func states(ofLayers wanted: [Int]) -> [Float] {
        wanted.flatMap { values[$0 * hidden..<($0 + 1) * hidden] }
    }
}

/// The shape of an embedding and the bytes of its values, as a row holds them.
struct EmbeddingRow {
    var clip: Digest
    var layers: Int
    var hidden: Int
    var frames: Int
    /// The values: layers × hidden × 4 bytes, lowest first.
    var values: Data

    /// The first eight bytes of a SHA-256 over clip, shape and values.
    ///
    /// A disk that turns a bit makes a wrong report otherwise; SQLite checks its own structures, not the values in them.
    var checksum: Data {
        var hash = SHA256()
        hash.update(data: clip.bytes)
        [layers, hidden, frames].forEach { hash.update(littleEndian: $0) }
        hash.update(data: values)
        return Data(hash.finalize().prefix(8))
    }

    /// Whether the bytes are those that were stored.
    func isSound(checksum stored: Data) -> Bool {
        let (elements, overflow) = layers.multipliedReportingOverflow(by: hidden)
        guard layers > 0, hidden > 0, frames >= 0, !overflow, values.count % 4 == 0, values.count / 4 == elements
        else { return false }
        return checksum == stored
    }

    /// The hidden states of the wanted layers: wanted.count × hidden, in the order wanted.
    func states(ofLayers wanted: [Int]) -> [Float] {
        let width = hidden * 4
        return wanted.flatMap { layer in
            let start = values.startIndex + layer * width
            return floats(littleEndian: values[start..<start + width])
        }
    }
}

/// The bytes of Float32 values, lowest first.
///
/// The closure is on purpose: a key path of two steps is walked at run time for each value.
func littleEndianBytes(of values: [Float]) -> Data {
    values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
}

/// The Float32 values in bytes that come lowest first; bytes beyond the last whole value are left out.
func floats(littleEndian bytes: Data) -> [Float] {
    let words = [UInt32](unsafeUninitializedCapacity: bytes.count / 4) { words, count in
        count = bytes.copyBytes(to: words) / 4
    }
    return words.map { Float(bitPattern: UInt32(littleEndian: $0)) }
}
