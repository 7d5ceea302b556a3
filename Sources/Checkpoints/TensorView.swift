import Foundation

/// A tensor of a checkpoint: its name, type and shape, and a view of its bytes in the mapped file.
///
/// Its extent was checked when the checkpoint was read, so a view needs no further check.
public struct TensorView: Sendable {
    /// The full dotted key, as "encoder.layers.0.attention.k_proj.weight".
    public let name: String
    /// The sizes of the dimensions, outermost first; empty for a scalar.
    public let shape: [Int]
    /// The type of the elements in the file.
    public let elementType: ElementType
    /// The product of the shape: 1 for a scalar, 0 where a dimension is empty.
    public let elementCount: Int
    /// The elements, row-major and little-endian, at any alignment.
    let bytes: Data
    let file: String

    init(name: String, shape: [Int], elementType: ElementType, bytes: Data, file: String) {
        precondition(
            elementType.extent(of: shape)?.bytes == bytes.count,
            "TensorView: \(elementType) \(shape) does not take \(bytes.count) bytes")
        self.name = name
        self.shape = shape
        self.elementType = elementType
        self.elementCount = bytes.count / elementType.byteCount
        self.bytes = bytes
        self.file = file
    }

    /// The elements as float32, in row-major order.
    ///
    /// float16 and bfloat16 are widened exactly, float64 is rounded to nearest. Throws
    /// `CheckpointError.notFloatingPoint` for every other type.
    public func floats() throws -> [Float] {
        guard let values = Checkpoints.floats(from: bytes, of: elementType) else {
            throw CheckpointError.notFloatingPoint(file: file, tensor: name, type: elementType)
        }
        return values
    }
}
