import CSndfile
import Foundation

/// A file that lies in memory, as libsndfile's virtual input reads it.
///
/// The bytes must outlive it; ``decode(_:name:)`` sees to that.
final class MemoryFile {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }

    /// Moves to `distance` from the start, the current place or the end, as `lseek` does; -1 when that is impossible.
    func seek(_ distance: Int, from whence: Int32) -> Int {
        let origin = [SEEK_SET: 0, SEEK_CUR: offset, SEEK_END: count][whence]
        guard let origin, case (let target, let overflow) = origin.addingReportingOverflow(distance), !overflow,
            target >= 0
        else { return -1 }
        offset = target
        return target
    }

    /// Copies up to `wanted` bytes to `destination` and returns how many there were.
    func read(into destination: UnsafeMutableRawPointer, wanted: Int) -> Int {
        let available = max(0, min(wanted, count - offset))
        guard available > 0 else { return 0 }
        UnsafeMutableRawBufferPointer(start: destination, count: available)
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + available]))
        offset += available
        return available
    }

    /// The callbacks that take a `MemoryFile` as their user data.
    static var callbacks: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(MemoryFile.from($0)?.count ?? 0) },
            seek: { sf_count_t(MemoryFile.from($2)?.seek(Int($0), from: $1) ?? -1) },
            read: { destination, wanted, file in
                guard let destination else { return 0 }
                return sf_count_t(MemoryFile.from(file)?.read(into: destination, wanted: Int(wanted)) ?? 0)
            },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(MemoryFile.from($0)?.offset ?? 0) })
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> MemoryFile? {
        pointer.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
    }
}
