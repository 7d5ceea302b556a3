import CZlib

/// Undoes deflate (RFC 1951), by zlib, piece by piece.
struct Inflater: ~Copyable {
    /// Why bytes are not a whole deflated stream.
    enum Fault: Error, Equatable {
        /// They are no deflated stream, or one that is damaged.
        case damaged
        /// They end before the stream does, or go on after it.
        case wrongEnd
        /// They hold more than they may.
        case tooLong
    }

    /// In its own place: zlib remembers where it stands.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        // 15 bits of window; negative: without a header around the stream.
        let code = inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "inflateInit2: \(Z_OK) expected, found \(code)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates a whole stream, which may hold so many bytes, and hands on what comes of it.
    func inflate(
        _ bytes: UnsafeRawBufferPointer, atMost limit: Int, _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var output = [UInt8](repeating: 0, count: 1 << 18)
        var (offset, total, code) = (0, 0, Z_OK)
        while code != Z_STREAM_END {
            // zlib counts in 32 bits.
            let input = UnsafeRawBufferPointer(rebasing: bytes[offset..<min(bytes.count, offset + 1 << 24)])
            let (count, used) = try step(input, &output, &code)
            offset += used
            guard count <= limit - total else { throw Fault.tooLong }
            total += count
            try output.withUnsafeBytes { try take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            if code != Z_STREAM_END && count == 0 && used == 0 { throw Fault.wrongEnd }
        }
        guard offset == bytes.count else { throw Fault.wrongEnd }
    }

    private func step(_ input: UnsafeRawBufferPointer, _ output: inout [UInt8], _ code: inout Int32) throws -> (
        count: Int, used: Int
    ) {
        try output.withUnsafeMutableBufferPointer { room in
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(input.count)
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            code = CZlib.inflate(stream, Z_NO_FLUSH)
            guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(code) else { throw Fault.damaged }
            return (room.count - Int(stream.pointee.avail_out), input.count - Int(stream.pointee.avail_in))
        }
    }
}
