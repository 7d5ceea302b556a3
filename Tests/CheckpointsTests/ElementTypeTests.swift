import Testing

@testable import Checkpoints

@Suite struct ElementTypeTests {
    @Test func countsElementsAndBytes() throws {
        let extent = try #require(ElementType.float16.extent(of: [2, 3]))
        #expect(extent == (6, 12))
    }

    @Test func countsOneElementForAScalarAndNoneForAnEmptyTensor() throws {
        #expect(try #require(ElementType.float64.extent(of: [])) == (1, 8))
        #expect(try #require(ElementType.float64.extent(of: [0, 5])) == (0, 0))
    }

    @Test func countsNothingThatOverflows() {
        #expect(ElementType.uint8.extent(of: [Int.max, 2]) == nil)
        #expect(ElementType.float32.extent(of: [Int.max / 2]) == nil)
        #expect(ElementType.uint8.extent(of: [Int.max, 2, 0]) == nil)
    }
}
