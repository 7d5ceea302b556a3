import Foundation

/// Where the bytes of an audio file are.
public enum AudioBytes: Sendable {
    /// In memory.
    case memory(Data)
    /// In an open regular file of `count` bytes, which the caller keeps open. It is never mapped: one that is shortened
    /// meanwhile ends early instead of ending the program.
    case file(descriptor: Int32, count: Int)

    /// How many bytes there are.
    var count: Int {
        switch self {
        case .memory(let data): data.count
        case .file(_, let count): count
        }
    }

    /// Copies bytes from `offset` on, as many as fit and are there.
    ///
    /// - Returns: how many were copied.
    /// - throws: the system's error when the file cannot be read.
    func read(into destination: UnsafeMutableRawBufferPointer, at offset: Int) throws(POSIXError) -> Int {
        let wanted = max(0, min(destination.count, count - offset))
        guard wanted > 0 else { return 0 }
        switch self {
        case .memory(let data):
            let start = data.startIndex + offset
            data.copyBytes(to: destination, from: start..<start + wanted)
            return wanted
        case .file(let descriptor, _):
            return try Self.read(wanted, of: descriptor, into: destination, at: offset)
        }
    }

    private static func read(
        _ wanted: Int, of descriptor: Int32, into destination: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws(POSIXError) -> Int {
        var done = 0
        while done < wanted {
            let count = pread(
                descriptor, destination.baseAddress?.advanced(by: done), wanted - done, off_t(offset + done))
            if count == 0 { break }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            done += count
        }
        return done
    }
}
