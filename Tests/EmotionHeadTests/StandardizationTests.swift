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
}
