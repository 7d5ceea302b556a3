import FeatureStore
import Testing

@testable import SpeechEmotion

@Suite struct PrecisionDistanceTests {
    @Test func theLargestDifferenceAndTheSmallestCosineAreFoundWhereTheyAre() {
        let distance = PrecisionDistance(of: [
            clip("a", own: [1, 0, 3, 4], other: [1, 0, 3, 4.5]),
            clip("b", own: [1, 0, 3, 4], other: [0.8, 0.6, 3, 4]),
        ])
        #expect(distance.largest.clip == "b" && distance.largest.layer == 0)
        #expect(abs(distance.largest.value - 0.6) <= 1e-7)
        #expect(distance.smallestCosine.clip == "b" && distance.smallestCosine.layer == 0)
        #expect(abs(distance.smallestCosine.value - 0.8) <= 1e-7)
    }

    @Test func theTwoMayBeFoundInDifferentPlaces() {
        let distance = PrecisionDistance(of: [clip("a", own: [1, 0, 300, 400], other: [0.9, 0.1, 303, 404])])
        #expect(distance.largest == .init(value: 4, clip: "a", layer: 1))
        #expect(distance.smallestCosine.layer == 0)
        #expect(distance.smallestCosine.place == "a, layer 0")
    }

    @Test func whatIsTheSameIsNotApart() {
        let distance = PrecisionDistance(of: [clip("a", own: [0.1, 0.7, 0, 0], other: [0.1, 0.7, 0, 0])])
        #expect(distance.largest.value == 0)
        #expect(abs(distance.smallestCosine.value - 1) <= 1e-15)
    }

    @Test(
        arguments: [
            ([1, 0], [0, 2], 0.0), ([1, 0], [-3, 0], -1), ([3, 4], [6, 8], 1), ([0, 0], [0, 0], 1),
            ([0, 0], [1, 0], 0),
            ([1e30, 0], [1e30, 0], 1), ([], [], 1),
        ] as [([Float], [Float], Double)])
    func cosines(one: [Float], two: [Float], expected: Double) {
        #expect(abs(cosine(of: one, two) - expected) <= 1e-15)
    }

    /// A clip of two states of two numbers.
    private func clip(_ path: String, own: [Float], other: [Float]) -> EmbeddedTwice {
        func embedding(_ values: [Float]) -> Embedding {
            Embedding(layers: 2, hidden: 2, frames: 1, values: values, instructionSet: "")
        }
        return EmbeddedTwice(clip: 0, path: path, own: embedding(own), other: embedding(other))
    }
}
