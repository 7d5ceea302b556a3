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

    @Test func doesNotDependOnHowBytesArrive() {
        var checksum = CRC32()
        checksum.update(Data("1234".utf8))
        checksum.update(Data("56789".utf8))
        #expect(checksum.value == 0xcbf4_3926)
    }
}
