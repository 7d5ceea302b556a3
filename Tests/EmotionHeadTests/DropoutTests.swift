import Kernels
import Testing

@testable import EmotionHead

@Suite struct DropoutTests {
    @Test func dropsTheShareAskedForAndKeepsTheMean() throws {
        let units = Matrix(FloatBuffer([Float](repeating: 1, count: 40_000)), rows: 1, columns: 40_000)
        var dropout = try #require(Dropout(probability: 0.3, units: 40_000, seed: 1))
        dropout.rectify(units)
        let numbers = (0..<40_000).map { units[0, $0] }
        let share = Double(numbers.filter { $0 == 0 }.count) / 40_000
        // Five standard deviations of a binomial share.
        #expect(abs(share - 0.3) < 0.012)
        #expect(Set(numbers) == [0, dropout.scale])
        #expect(abs(dropout.scale - 1 / 0.7) < 1e-4)
    }

    @Test func eachBatchIsDroppedAnew() throws {
        var dropout = try #require(Dropout(probability: 0.5, units: 64, seed: 1))
        let patterns = (0..<2).map { _ in
            let units = Matrix(FloatBuffer([Float](repeating: 1, count: 64)), rows: 4, columns: 16)
            dropout.rectify(units)
            return (0..<64).map { units[$0 / 16, $0 % 16] }
        }
        #expect(patterns[0] != patterns[1])
    }

    @Test func isAbsentWhereTheProbabilityRoundsToZero() {
        #expect(Dropout(probability: 0, units: 8, seed: 1) == nil)
        #expect(Dropout(probability: 1e-6, units: 8, seed: 1) == nil)
        #expect(Dropout(probability: 0.5, units: 0, seed: 1) == nil)
    }

    @Test func neverDropsEverything() throws {
        #expect(try #require(Dropout(probability: 0.999_999_9, units: 8, seed: 1)).scale == 65536)
    }
}
