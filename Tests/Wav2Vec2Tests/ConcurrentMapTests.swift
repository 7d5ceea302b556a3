import Testing

@testable import Wav2Vec2

@Suite struct ConcurrentMapTests {
    private struct Failure: Error, Equatable { let index: Int }

    @Test(arguments: [0, 1, 100]) func resultsStandInOrder(_ count: Int) throws {
        let found = try concurrentMap(count) { 3 * $0 }
        #expect(found == (0..<count).map { 3 * $0 })
    }

    @Test func theFirstErrorByIndexIsThrown() {
        #expect(throws: Failure(index: 7)) {
            try concurrentMap(50) { index in
                if index == 40 || index == 7 { throw Failure(index: index) }
            }
        }
    }
}
