import Testing

@testable import Pipeline

@Suite struct CanonicalValueTests {
    @Test func bytesAreATagALengthAndTheContent() {
        #expect(CanonicalValue.text("ab").encoded == [0x74, 0, 0, 0, 0, 0, 0, 0, 2, 0x61, 0x62])
        #expect(CanonicalValue.null.encoded == [0x6e, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(CanonicalValue.bool(true).encoded == [0x62, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        #expect(CanonicalValue.double(1).encoded == [0x64, 0, 0, 0, 0, 0, 0, 0, 8, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0])
        #expect(CanonicalValue.int(-12).encoded == [0x69, 0, 0, 0, 0, 0, 0, 0, 3, 0x2d, 0x31, 0x32])
    }

    @Test func differentValuesHaveDifferentBytes() {
        let values: [CanonicalValue] = [
            .null, .bool(true), .bool(false), .int(0), .int(1), .int(-1), .unsigned(.max), .double(0), .double(-0.0),
            .double(1), .double(1.0.nextUp), .text(""), .text("1"), .text("true"), .text("null"), .list([]),
            .list([.null]), .list([.list([])]), .list([.int(1), .int(2)]), .list([.int(12)]),
            .list([.int(2), .int(1)]),
            .list([.text("ab"), .text("c")]), .list([.text("a"), .text("bc")]), .mapping([:]), .mapping(["a": .int(1)]),
            .mapping(["a": .null]), .mapping(["1": .text("a")]), .mapping(["a": .int(1), "b": .int(2)]),
            .mapping(["a": .int(2), "b": .int(1)]), .list([.text("a"), .int(1)]),
        ]
        #expect(Set(values.map(\.encoded)).count == values.count)
    }

    @Test func aMappingsBytesDoNotDependOnTheOrderOfItsKeys() {
        let keys = (0..<50).map { "key\($0)" }
        let ascending = keys.reduce(into: [String: CanonicalValue]()) { $0[$1] = .text($1) }
        let descending = keys.reversed().reduce(into: [String: CanonicalValue]()) { $0[$1] = .text($1) }
        #expect(CanonicalValue.mapping(ascending).encoded == CanonicalValue.mapping(descending).encoded)
    }

    @Test func aSeedHasTheBytesOfTheEqualWholeNumber() {
        #expect(CanonicalValue.unsigned(7).encoded == CanonicalValue.int(7).encoded)
    }
}
