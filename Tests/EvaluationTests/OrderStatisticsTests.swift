import Randomness
import Testing

@testable import Evaluation

@Suite struct OrderStatisticsTests {
    @Test func everyRankIsWhatSortingPutsThereTiesIncluded() {
        for seed in 0..<2000 {
            var random = SeededGenerator(seed: UInt64(seed), purpose: "order statistics")
            let kinds = 1 + random.below(40)
            let values = (0..<(1 + random.below(60))).map { _ in Double(random.below(kinds)) / 7 }
            let sorted = values.sorted()
            var statistics = OrderStatistics(values)
            for rank in random.shuffled(values.indices) { #expect(statistics.value(at: rank) == sorted[rank]) }
        }
    }

    @Test(arguments: [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [2, 2, 2, 2], [1], [2, 1]])
    func orderedAndEqualValuesAreNoExceptions(_ values: [Double]) {
        var statistics = OrderStatistics(values)
        #expect(values.indices.map { statistics.value(at: $0) } == values.sorted())
    }
}
