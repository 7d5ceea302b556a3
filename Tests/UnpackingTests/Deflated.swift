import CZlib
import Foundation

/// The bytes deflated by zlib, without a header around them.
func deflated(_ bytes: Data) -> Data {
    var stream = z_stream()
    deflateInit2_(
        &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    var input = [UInt8](bytes)
    return input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
            (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
            let code = deflate(&stream, Z_FINISH)
            precondition(code == Z_STREAM_END, "the stream's end expected, found \(code)")
            return Data(output.prefix(Int(stream.total_out)))
        }
    }
}
