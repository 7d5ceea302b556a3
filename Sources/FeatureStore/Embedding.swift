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

/// What all embeddings by one encoder have in common.
public struct EmbeddingShape: Sendable, Equatable {
    /// How many hidden states there are.
    public var layers: Int
    /// The width of one.
    public var hidden: Int

    /// Joins the two.
    public init(layers: Int, hidden: Int) { (self.layers, self.hidden) = (layers, hidden) }
}

/// An embedding as a row holds it, with whose it is.
struct EmbeddingRow {
    /// The digest of the recipe that made it.
    var recipe: Digest
    var clip: Digest
    var layers: Int
    var hidden: Int
    var frames: Int
    var instructionSet: String
    /// The values: layers × hidden × 4 bytes, lowest first.
    var values: Data

    /// The checksum over everything: a row that ends up under another recipe or clip does not fit it.
    var checksum: Data {
        var checksum = RowChecksum(of: "embeddings")
        checksum.add(recipe)
        checksum.add(clip)
        [layers, hidden, frames].forEach { checksum.add($0) }
        checksum.add(instructionSet)
        checksum.add(values)
        return checksum.value
    }

    /// Whether the bytes are those that were stored.
    func isSound(checksum stored: Data) -> Bool { hasPlausibleShape && checksum == stored }

    /// Whether the shape is possible and that of the values.
    var hasPlausibleShape: Bool {
        let (elements, overflow) = layers.multipliedReportingOverflow(by: hidden)
        return layers > 0 && hidden > 0 && frames >= 0 && !overflow && values.count % 4 == 0
            && values.count / 4 == elements
    }

    /// Whether an encoder that makes embeddings of a shape can have made it; of any shape where none is given.
    func canBe(of shape: EmbeddingShape?) -> Bool {
        (shape.map { $0 == EmbeddingShape(layers: layers, hidden: hidden) } ?? true) && isFinite
    }

    /// Whether every value is a number, as in all rows that ``FeatureStore/store(_:clip:recipe:)`` has taken.
    var isFinite: Bool { floats(littleEndian: values).allSatisfy(\.isFinite) }

    /// The embedding that the row holds.
    var embedding: Embedding {
        Embedding(
            layers: layers, hidden: hidden, frames: frames, values: floats(littleEndian: values),
            instructionSet: instructionSet)
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
