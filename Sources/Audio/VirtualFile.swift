import CSndfile
import Foundation

/// A file as libsndfile's virtual input reads it: bytes somewhere, and where reading has come to.
final class VirtualFile {
    private let bytes: AudioBytes
    private let patch: HeaderPatch?
    private var offset = 0
    /// Why a read failed, if one did: libsndfile takes that for the end of the file.
    private(set) var failure: POSIXError?

    /// - parameter patch: Bytes to read in the place of what is there.
    init(_ bytes: AudioBytes, patch: HeaderPatch? = nil) {
        self.bytes = bytes
        self.patch = patch
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
        let room = UnsafeMutableRawBufferPointer(start: destination, count: max(0, wanted))
        do throws(POSIXError) {
            let count = try bytes.read(into: room, at: offset)
            patch?.apply(to: UnsafeMutableRawBufferPointer(rebasing: room[..<count]), at: offset)
            offset += count
            return count
        } catch {
            failure = failure ?? error
            return 0
        }
    }

    /// The callbacks that take a `VirtualFile` as their user data.
    static var callbacks: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(VirtualFile.from($0)?.count ?? 0) },
            seek: { sf_count_t(VirtualFile.from($2)?.seek(Int($0), from: $1) ?? -1) },
            read: { destination, wanted, file in
                guard let destination else { return 0 }
                return sf_count_t(VirtualFile.from(file)?.read(into: destination, wanted: Int(wanted)) ?? 0)
            },
            write: { _, _, _ in 0 },
            tell: { sf_count_t(VirtualFile.from($0)?.offset ?? 0) })
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> VirtualFile? {
        pointer.map { Unmanaged<VirtualFile>.fromOpaque($0).takeUnretainedValue() }
    }
}
