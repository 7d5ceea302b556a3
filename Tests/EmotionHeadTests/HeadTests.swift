import TestSupport
import Testing

@testable import EmotionHead

@Suite struct HeadTests {
    @Test(arguments: [[], [7], [9, 6]]) func probabilitiesAreThoseOfTheNaiveTwin(_ hidden: [Int]) {
        let examples = clouds(70)
        let head = untrained(hidden)
        let found = head.probabilities(of: examples.features)
        #expect(found.count == 70)
        let expected = NaiveHead.softmax(naiveLogits(of: head, examples.features), classes: 3)
        for (index, probability) in found.joined().enumerated() {
            #expect(abs(Double(probability) - expected[index]) <= 1e-6)
        }
    }

    @Test func anExamplesProbabilitiesDoNotDependOnTheOthers() {
        let features = clouds(70).features
        let head = untrained([9])
        let together = head.probabilities(of: features)
        for row in [0, 1, 66, 69] {
            #expect(head.probabilities(of: Array(features[row * 10..<(row + 1) * 10])) == [together[row]])
        }
    }

    @Test func noExamplesGiveNoProbabilities() {
        #expect(untrained([4]).probabilities(of: []).isEmpty)
    }

    private func untrained(_ hidden: [Int]) -> Head {
        Head(untrained: HeadArchitecture(inputs: 10, hidden: hidden, classes: 3, dropout: 0.5), seed: 3)
    }

    private func naiveLogits(of head: Head, _ features: [Float]) -> [Double] {
        var values = features.map(Double.init)
        for (position, layer) in head.layers.enumerated() {
            values = NaiveHead.linear(values, weight: layer.weight.map(Double.init), bias: layer.bias.map(Double.init))
            if position < head.layers.count - 1 { values = values.map { max($0, 0) } }
        }
        return values
    }
}
