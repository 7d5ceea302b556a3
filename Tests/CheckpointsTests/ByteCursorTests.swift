import Foundation
import Testing

@testable import Checkpoints

@Suite struct ByteCursorTests {
    @Test func readsFromTheLeastSignificantByteOn() {
        var cursor = ByteCursor(Data([1, 2, 3, 4, 5]))
        #expect(cursor.integer(UInt16.self) == 0x0201)
        #expect(cursor.integer(UInt8.self) == 3)
        #expect(cursor.remaining == 2)
    }

    @Test func readsNothingPastTheEnd() {
        var cursor = ByteCursor(Data([1, 2, 3])[..<2])
        #expect(cursor.integer(UInt32.self) == nil)
        #expect(cursor.take(3) == nil)
        #expect(cursor.take(-1) == nil)
        #expect(cursor.take(.max) == nil)
        #expect(cursor.take(2) == Data([1, 2]))
        #expect(cursor.integer(UInt8.self) == nil)
    }

    @Test func keepsTheOffsetsOfTheWholeFile() {
        var cursor = ByteCursor(Data([9, 9, 1, 0])[2...])
        #expect(cursor.position == 2)
        #expect(cursor.integer(UInt16.self) == 1)
        #expect(cursor.position == 4)
    }

    @Test func splitsLines() {
        var cursor = ByteCursor(Data("ab\n\ncd".utf8))
        #expect(cursor.line() == Data("ab".utf8))
        #expect(cursor.line() == Data())
        #expect(cursor.line() == nil)
        #expect(cursor.remaining == 2)
    }
}
