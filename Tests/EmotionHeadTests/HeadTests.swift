import TestSupport
import Testing

@testable import EmotionHead

@Suite struct HeadTests {
    @Test(arguments: [[], [7], [9, 6]], [1, 2]) func probabilitiesAreThoseOfTheNaiveTwin(hidden: [Int], states: Int) {
        let examples = clouds(70)
        let head = untrained(hidden, states: states)
        let found = head.probabilities(of: examples.features)
        #expect(found.count == 70)
        let expected = NaiveHead.softmax(naiveLogits(of: head, examples.features), classes: 3)
        for (index, probability) in found.joined().enumerated() {
            #expect(abs(Double(probability) - expected[index]) <= 1e-6)
        }
    }

    @Test(arguments: [1, 5]) func anExamplesProbabilitiesDoNotDependOnTheOthers(_ states: Int) {
        let features = clouds(70).features
        let head = untrained([9], states: states)
        let together = head.probabilities(of: features)
        for row in [0, 1, 66, 69] {
            #expect(head.probabilities(of: Array(features[row * 10..<(row + 1) * 10])) == [together[row]])
        }
    }

    @Test func examplesAreTheRowsTheyName() {
        let features = clouds(70).features
        let all = untrained([9]).probabilities(of: features)
        let some = Examples(inputs: 10, features: features, rows: [69, 3, 3], labels: [0, 1, 2])
        #expect(untrained([9]).probabilities(of: some) == [all[69], all[3], all[3]])
    }

    @Test func noExamplesGiveNoProbabilities() {
        #expect(untrained([4]).probabilities(of: []).isEmpty)
    }

    private func untrained(_ hidden: [Int], states: Int = 1) -> Head {
        let inputs = 10 / states
        return Head(
            untrained: HeadArchitecture(states: states, inputs: inputs, hidden: hidden, classes: 3, dropout: 0.5),
            seed: 3)
    }

    private func naiveLogits(of head: Head, _ features: [Float]) -> [Double] {
        var values = features.map(Double.init)
        if let mixing = head.mixing {
            values = NaiveHead.mix(
                values, coefficients: mixing.coefficients.map(Double.init), width: head.architecture.inputs)
        }
        for (position, layer) in head.layers.enumerated() {
            values = NaiveHead.linear(values, weight: layer.weight.map(Double.init), bias: layer.bias.map(Double.init))
            if position < head.layers.count - 1 { values = values.map { max($0, 0) } }
        }
        return values
    }
}
