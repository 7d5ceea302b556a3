import Foundation
import TestSupport
import Testing

@testable import Audio

@Suite struct AudioBytesTests {
    private let content = Data(0..<200)

    @Test func memoryAndFileGiveTheSameBytes() throws {
        try withOpenFile(holding: content) { descriptor in
            let slice = (Data(count: 7) + content).dropFirst(7)
            for bytes in [AudioBytes.memory(content), .memory(slice), .file(descriptor: descriptor, count: 200)] {
                let parts = try [(5, 0), (50, 195), (5, 200), (5, 1 << 40)].map { try read($0.0, of: bytes, at: $0.1) }
                #expect(parts == [[0, 1, 2, 3, 4], [195, 196, 197, 198, 199], [], []])
                #expect(bytes.count == 200)
            }
        }
    }

    @Test func aFileThatWasShortenedEndsEarly() throws {
        try withOpenFile(holding: content) { descriptor in
            ftruncate(descriptor, 100)
            let rest = try read(10, of: .file(descriptor: descriptor, count: 200), at: 98)
            #expect(rest == [98, 99])
        }
    }

    private func read(_ count: Int, of bytes: AudioBytes, at offset: Int) throws -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer.prefix(try bytes.read(into: buffer, at: offset)))
    }
}
