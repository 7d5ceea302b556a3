import Evaluation
import Randomness
import Testing

@Suite struct HolmAdjustmentTests {
    @Test func equalsTheSmallestLevelsAtWhichTheProcedureRejects() throws {
        let cases = try pairedFixture().holm
        #expect(cases.count == 10)
        for expected in cases { #expect(distance(holmAdjusted(expected.p), expected.adjusted) <= 1e-12) }
    }

    @Test func keepsTheOrderNeverLowersAndIsNeverStricterThanBonferroni() {
        for seed in 0..<1000 {
            var random = SeededGenerator(seed: UInt64(seed), purpose: "p-values")
            let values = (0..<(1 + random.below(12))).map { _ in random.uniform() * random.uniform() }
            let adjusted = holmAdjusted(values)
            for (value, result) in zip(values, adjusted) {
                #expect(value <= result && result <= min(1, value * Double(values.count)) + 1e-15 || result == 1)
            }
            for (one, other) in zip(values.indices, values.indices.dropFirst()) where values[one] <= values[other] {
                #expect(adjusted[one] <= adjusted[other])
            }
        }
    }

    @Test func noComparisonsAndOneNeedNoAdjustment() {
        #expect(holmAdjusted([]) == [])
        #expect(holmAdjusted([0.03]) == [0.03])
    }

    @Test func anythingButAPValueTraps() async {
        await #expect(processExitsWith: .failure) { _ = holmAdjusted([0.5, .nan]) }
    }
}
