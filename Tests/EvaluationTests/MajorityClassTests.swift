import Evaluation
import Testing

@Suite struct MajorityClassTests {
    @Test func isTheMostFrequentLabel() {
        #expect(majorityClass(of: [3, 1, 3, 0]) == 3)
        #expect(majorityClass(of: [0, 0, 5, 5, 5].lazy.map { $0 + 1 }) == 6)
    }

    @Test func ofSeveralIsTheSmallest() {
        #expect(majorityClass(of: [7, 2, 2, 7, 4]) == 2)
        #expect(majorityClass(of: [2, 7, 7, 2, 4]) == 2)
    }

    @Test func noLabelsHaveNone() {
        #expect(majorityClass(of: []) == nil)
    }
}
