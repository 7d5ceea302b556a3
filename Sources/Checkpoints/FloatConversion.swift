import Foundation

/// The elements of `bytes` as float32: exact for float16 and bfloat16, rounded to nearest for float64.
///
/// `bytes` holds whole elements and may begin at any address. Nil where the type is not a floating-point one.
func floats(from bytes: Data, of type: ElementType) -> [Float]? {
    switch type {
    case .float32: copied(bytes)
    case .float16: converted(bytes, from: UInt16.self, float(fromHalf:))
    case .bfloat16: converted(bytes, from: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float64: converted(bytes, from: Double.self) { Float($0) }
    default: nil
    }
}

/// The value of the IEEE 754 binary16 number with these bits.
///
/// Shifting exponent and mantissa to their places in binary32 leaves a number 2¹¹² times too small, subnormals
/// included; a product puts that right. Infinities and NaNs then lack only the upper bits of their exponent. There is
/// no branch, so that the compiler makes vector code of a loop over it, on processors without half precision too.
@inline(__always) func float(fromHalf bits: UInt16) -> Float {
    let shifted = Float(bitPattern: UInt32(bits & 0x7fff) << 13)
    let scaled = (shifted * 0x1p112).bitPattern
    let exponent: UInt32 = bits & 0x7c00 == 0x7c00 ? 0x7f80_0000 : 0
    return Float(bitPattern: scaled | exponent | UInt32(bits & 0x8000) << 16)
}

private func copied(_ bytes: Data) -> [Float] {
    let count = bytes.count / MemoryLayout<Float>.size
    return bytes.withUnsafeBytes { source in
        [Float](unsafeUninitializedCapacity: count) { target, initializedCount in
            UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
            initializedCount = count
        }
    }
}

@inline(__always) private func converted<Source: BitwiseCopyable>(
    _ bytes: Data, from _: Source.Type, _ convert: (Source) -> Float
) -> [Float] {
    let size = MemoryLayout<Source>.size
    let count = bytes.count / size
    return bytes.withUnsafeBytes { source in
        [Float](unsafeUninitializedCapacity: count) { target, initializedCount in
            for index in 0..<count {
                let element = source.loadUnaligned(fromByteOffset: index * size, as: Source.self)
                target.initializeElement(at: index, to: convert(element))
            }
            initializedCount = count
        }
    }
}
