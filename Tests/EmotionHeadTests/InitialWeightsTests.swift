import Testing

@testable import EmotionHead

@Suite struct InitialWeightsTests {
    private let architecture = HeadArchitecture(inputs: 100, hidden: [400], classes: 4, dropout: 0)

    @Test func areUniformWithinOneOverTheRootOfTheInputs() {
        let head = Head(untrained: architecture, seed: 1)
        for (layer, bound) in zip(head.layers, [Float(0.1), 0.05]) {
            let numbers = layer.weight + layer.bias
            #expect(numbers.allSatisfy { abs($0) <= bound })
            #expect(numbers.contains { $0 > 0.95 * bound } && numbers.contains { $0 < -0.95 * bound })
            let mean = numbers.reduce(0, +) / Float(numbers.count)
            let variance = numbers.reduce(0) { $0 + $1 * $1 } / Float(numbers.count)
            #expect(abs(mean) < 0.05 * bound)
            #expect(abs(variance / (bound * bound) - 1.0 / 3) < 0.02)
        }
    }

    @Test func dependOnTheSeedAlone() {
        #expect(Head(untrained: architecture, seed: 1) == Head(untrained: architecture, seed: 1))
        #expect(Head(untrained: architecture, seed: 1) != Head(untrained: architecture, seed: 2))
    }
}
