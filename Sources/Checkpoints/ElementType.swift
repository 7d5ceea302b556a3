/// The type of a tensor's elements, spelt as safetensors spells it.
public enum ElementType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint64 = "U64"
    case uint32 = "U32"
    case uint16 = "U16"
    case uint8 = "U8"
    case bool = "BOOL"

    /// The number of bytes of one element.
    public var byteCount: Int {
        switch self {
        case .float64, .int64, .uint64: 8
        case .float32, .int32, .uint32: 4
        case .float16, .bfloat16, .int16, .uint16: 2
        case .int8, .uint8, .bool: 1
        }
    }

    /// The number of elements of a tensor of this shape and the bytes they take, or nil where either is more than an
    /// `Int` holds.
    ///
    /// The product is formed from the left without looking ahead, so that a zero does not excuse an overflow before
    /// it, as in the reference implementation.
    func extent(of shape: [Int]) -> (elements: Int, bytes: Int)? {
        var elements = 1
        for size in shape {
            let (product, overflows) = elements.multipliedReportingOverflow(by: size)
            if overflows { return nil }
            elements = product
        }
        let (bytes, overflows) = elements.multipliedReportingOverflow(by: byteCount)
        return overflows ? nil : (elements, bytes)
    }
}
