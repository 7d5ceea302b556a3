import Foundation
import Testing

@testable import FeatureStore

@Suite struct EmbeddingTests {
    @Test func valuesBecomeLittleEndianBytesAndComeBack() {
        #expect([UInt8](littleEndianBytes(of: [1, -2])) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
        let values: [Float] = [0, -0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi]
        #expect(floats(littleEndian: littleEndianBytes(of: values)).map(\.bitPattern) == values.map(\.bitPattern))
        #expect(floats(littleEndian: Data()).isEmpty)
    }

    @Test func aSliceOfDataIsReadFromItsOwnStart() {
        #expect(floats(littleEndian: littleEndianBytes(of: [1, 2, 3]).dropFirst(4)) == [2, 3])
    }

    @Test func layersComeInTheOrderWanted() {
        #expect(row().states(ofLayers: [2, 0]) == [5, 6, 1, 2])
        #expect(row().states(ofLayers: []).isEmpty)
    }

    @Test func theChecksumCoversEverything() {
        let checksum = row().checksum
        #expect(checksum.count == 8)
        #expect(row().isSound(checksum: checksum))
        #expect(!row(values: [1, 2, 3, 4, 5, 7]).isSound(checksum: checksum))
        #expect(!row(layers: 2, hidden: 3).isSound(checksum: checksum))
        #expect(!row(frames: 101).isSound(checksum: checksum))
        #expect(!row(clip: 2).isSound(checksum: checksum))
        #expect(!row(recipe: Digest.of(["another"])).isSound(checksum: checksum))
        #expect(!row(instructionSet: "x86-64-v2/Zen").isSound(checksum: checksum))
    }

    @Test func aShapeThatDoesNotFitTheBytesIsDamage() {
        for (layers, hidden) in [(3, 3), (0, 2), (-3, -2), (Int.max, 2), (1, Int.max)] {
            let damaged = row(layers: layers, hidden: hidden)
            #expect(!damaged.isSound(checksum: layers < 0 ? Data() : damaged.checksum))
        }
    }

    private func row(
        recipe: Digest = recipe.digest, clip number: Int = 1, layers: Int = 3, hidden: Int = 2, frames: Int = 100,
        instructionSet: String = "x86-64-v3/Zen", values: [Float] = [1, 2, 3, 4, 5, 6]
    ) -> EmbeddingRow {
        EmbeddingRow(
            recipe: recipe, clip: clip(number), layers: layers, hidden: hidden, frames: frames,
            instructionSet: instructionSet, values: littleEndianBytes(of: values))
    }

    @Test func statesOfLayersComeInTheOrderWanted() {
        let embedding = Embedding(layers: 3, hidden: 2, frames: 5, values: [0, 1, 2, 3, 4, 5], instructionSet: "any")
        #expect(embedding.states(ofLayers: [2, 0]) == [4, 5, 0, 1])
    }
}
