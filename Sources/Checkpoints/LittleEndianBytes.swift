import Foundation

#if _endian(big)
    #error("checkpoints, NumPy arrays and zip archives are little-endian, and are read and written without swapping")
#endif

extension Data {
    /// The little-endian integer `offset` bytes after the first of these bytes, which must hold all of it.
    func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as _: Number.Type = Number.self
    ) -> Number {
        precondition(
            offset >= 0 && offset + MemoryLayout<Number>.size <= count,
            "littleEndian: bytes \(offset) to \(offset + MemoryLayout<Number>.size) asked for, \(count) there")
        return Number(littleEndian: withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) })
    }

    /// The numbers' own bytes, one number after another.
    init<Number: BitwiseCopyable>(littleEndian numbers: [Number]) {
        self = numbers.withUnsafeBytes { Data($0) }
    }

    /// Appends the bytes of an integer, least significant first.
    mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        append(contentsOf: stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) })
    }
}
