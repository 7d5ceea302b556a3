import Kernels
import Testing

@Suite struct FloatBufferTests {
    @Test func aBufferStartsAtZero() {
        let buffer = FloatBuffer(count: 1000)
        #expect((0..<1000).allSatisfy { buffer[$0] == 0 })
    }

    @Test func aBufferCopiesItsNumbers() {
        let buffer = FloatBuffer([3, 1, 2])
        #expect((0..<3).map { buffer[$0] } == [3, 1, 2])
    }

    @Test func aBufferMayBeEmpty() { #expect(FloatBuffer([]).count == 0) }

    @Test func readingPastTheEndTraps() async {
        await #expect(processExitsWith: .failure) { _ = FloatBuffer(count: 4)[4] }
    }
}
