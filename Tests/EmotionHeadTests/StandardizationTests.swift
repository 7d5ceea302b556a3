import EmotionHead
import Randomness
import Testing

@Suite struct StandardizationTests {
    private let features: [Float] = [1, 10, 5, 3, 10, 7, 5, 10, 0]

    @Test func meansAndDeviationsAreThoseOfEachFeature() {
        let scaling = Standardization(of: features, inputs: 3)
        #expect(scaling.means == [3, 10, 4])
        let expected = [(8.0 / 3).squareRoot(), 1, (26.0 / 3).squareRoot()]
        #expect(zip(scaling.deviations, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test func standardisedFeaturesHaveMeanZeroAndDeviationOne() {
        var numbers = SeededGenerator(seed: 1, purpose: "test")
        let raw = (0..<500).flatMap { _ in
            let pair = numbers.normalPair(); return [Float(5 + 2 * pair.0), Float(pair.1 - 3)]
        }
        let scaled = Standardization(of: raw, inputs: 2).applied(to: raw)
        let again = Standardization(of: scaled, inputs: 2)
        #expect(again.means.allSatisfy { abs($0) < 1e-6 })
        #expect(again.deviations.allSatisfy { abs($0 - 1) < 1e-6 })
    }

    @Test func aConstantFeatureBecomesZero() {
        let scaled = Standardization(of: features, inputs: 3).applied(to: features)
        #expect([scaled[1], scaled[4], scaled[7]] == [0, 0, 0])
    }

    @Test func theFoldedHeadAnswersRawFeaturesAsTheHeadDoesScaledOnes() {
        var numbers = SeededGenerator(seed: 2, purpose: "test")
        let raw = (0..<40 * 3).map { _ in
            let pair = numbers.normalPair(); return Float(4 + 3 * pair.0)
        }
        let scaling = Standardization(of: raw, inputs: 6)
        let head = Head(untrained: HeadArchitecture(inputs: 6, hidden: [5], classes: 3, dropout: 0.2), seed: 7)
        let scaled = head.probabilities(of: scaling.applied(to: raw)).flatMap { $0 }
        let folded = scaling.folded(into: head).probabilities(of: raw).flatMap { $0 }
        #expect(folded.count == 60)
        #expect(zip(scaled, folded).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test func rowsNotInUseAreNotMeasured() {
        let examples = Examples(inputs: 3, features: [.nan, 0, 0] + features, rows: [2, 3, 1], labels: [0, 0, 0])
        #expect(Standardization(of: examples).means == [3, 10, 4])
        #expect(Standardization(of: Examples(inputs: 3, features: features, labels: [0, 0, 0])).means == [3, 10, 4])
    }

    @Test(arguments: [[], [5]]) func theFoldedHeadOfSeveralStatesAnswersRawFeaturesToo(_ hidden: [Int]) {
        var numbers = SeededGenerator(seed: 3, purpose: "test")
        let raw = (0..<40 * 12).map { (index: Int) -> Float in
            let deviation = Double(1 + index % 5)
            return Float(deviation * numbers.normalPair().0 + Double(index % 12))
        }
        let scaling = Standardization(of: raw, inputs: 12)
        let architecture = HeadArchitecture(states: 3, inputs: 4, hidden: hidden, classes: 3, dropout: 0.2)
        let head = Head(untrained: architecture, seed: 7)
        let scaled = head.probabilities(of: scaling.applied(to: raw)).flatMap { $0 }
        let folded = scaling.folded(into: head)
        #expect(folded.mixing?.weights == head.mixing?.weights)
        #expect(folded.mixing?.coefficients != head.mixing?.coefficients)
        #expect(zip(scaled, folded.probabilities(of: raw).flatMap { $0 }).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
