import Foundation
import Testing

@testable import Checkpoints

@Suite struct FloatConversionTests {
    #if !(os(macOS) && arch(x86_64))
        @Test func widensEveryHalfExactly() {
            for bits in UInt16.min...UInt16.max {
                let (found, expected) = (float(fromHalf: bits), Float(Float16(bitPattern: bits)))
                let isSame = found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN)
                #expect(isSame, "\(bits): \(found), expected \(expected)")
            }
        }
    #endif

    @Test func keepsTheUpperHalfOfBfloat16() {
        let data = Data([0x80, 0x3f, 0x20, 0xc0, 0x80, 0x7f])
        #expect(floats(from: data, of: .bfloat16) == [1, -2.5, .infinity])
    }

    @Test func roundsDoublesToNearest() {
        let data = Data(littleEndian: [0.1, 16_777_217, 1e300] as [Double])
        #expect(floats(from: data, of: .float64) == [0.1, 16_777_216, .infinity])
    }

    @Test(arguments: [ElementType.float64, .float32, .float16, .bfloat16])
    func makesNothingOfNothing(_ type: ElementType) {
        #expect(floats(from: Data(), of: type) == [])
    }

    @Test func leavesIntegersAlone() {
        #expect(floats(from: Data(count: 8), of: .int64) == nil)
    }
}
