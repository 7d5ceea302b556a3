import Randomness
import Testing

@Suite struct SeededGeneratorTests {
    @Test func aSeedAndPurposeFixTheSequence() {
        var first = SeededGenerator(seed: 7, purpose: "dropout")
        var second = SeededGenerator(seed: 7, purpose: "dropout")
        #expect((0..<100).allSatisfy { _ in first.next() == second.next() })
    }

    @Test func anotherPurposeGivesAnotherSequence() {
        var first = SeededGenerator(seed: 7, purpose: "dropout")
        var second = SeededGenerator(seed: 7, purpose: "order")
        #expect(first.next() != second.next())
    }

    @Test func belowIsEvenlySpread() {
        var generator = SeededGenerator(seed: 1, purpose: "test")
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.below(7)] += 1 }
        // Six degrees of freedom: chi-squared above 22.5 has a probability of 0.001.
        let chiSquared = counts.reduce(0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
        #expect(chiSquared < 22.5)
    }

    @Test func shuffledKeepsEveryElement() {
        var generator = SeededGenerator(seed: 2, purpose: "test")
        let shuffled = generator.shuffled(0..<1000)
        #expect(shuffled.sorted() == Array(0..<1000))
        #expect(shuffled != Array(0..<1000))
    }

    @Test func normalNumbersHaveMeanZeroAndVarianceOne() {
        var generator = SeededGenerator(seed: 3, purpose: "test")
        let numbers = (0..<50_000).flatMap { _ in
            let pair = generator.normalPair(); return [pair.0, pair.1]
        }
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / Double(numbers.count)
        #expect(abs(mean) < 0.02)
        #expect(abs(variance - 1) < 0.02)
    }
}
