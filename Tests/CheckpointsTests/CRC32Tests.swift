import Foundation
import Testing

@testable import Checkpoints

@Suite struct CRC32Tests {
    @Test func givesThePublishedCheckValue() {
        #expect(CRC32.of(Data("123456789".utf8)) == 0xcbf4_3926)
    }

    @Test func isZeroForNothing() {
        #expect(CRC32.of(Data()) == 0)
    }

    /// As Python's `zlib.crc32(bytes(range(256)) * 2 + b"abc")` has it.
    @Test func longerInputsAreTakenByEights() {
        #expect(CRC32.of(Data((0..<512).map { UInt8($0 % 256) }) + Data("abc".utf8)) == 0xfddcc644)
    }

    @Test func doesNotDependOnHowBytesArrive() {
        var checksum = CRC32()
        checksum.update(Data("1234".utf8))
        checksum.update(Data("56789".utf8))
        #expect(checksum.value == 0xcbf4_3926)
    }
}
