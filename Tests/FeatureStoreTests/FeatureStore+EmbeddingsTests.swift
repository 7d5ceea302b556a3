import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreEmbeddingsTests {
    @Test func layersComeBackInTheOrderAsked() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            let stored = try store.embeddings(of: [clip(1)], recipe: recipe, layers: [2, 0])
            #expect(stored == [clip(1): states(1, layers: [2, 0])])
        }
    }

    @Test func aRowOfAnotherShapeThanTheEncodersIsDroppedHoweverSound() throws {
        try withStore { store in
            let wide = Embedding(
                layers: 3, hidden: 8, frames: 7, values: [Float](repeating: 1, count: 24), instructionSet: "avx2")
            try store.store(wide, clip: clip(1), recipe: recipe)
            try store.store(embedding(2), clip: clip(2), recipe: recipe)
            let clips = [clip(1), clip(2)]
            for shape in [nil, EmbeddingShape(layers: 3, hidden: 8)] {
                let found = try store.embeddings(of: [clip(1)], recipe: recipe, layers: [1], shape: shape)
                #expect(found == [clip(1): [Float](repeating: 1, count: 8)])
            }
            let found = try store.embeddings(
                of: clips, recipe: recipe, layers: [1], shape: EmbeddingShape(layers: 3, hidden: 4))
            #expect(found == [clip(2): states(2, layers: [1])])
            #expect(try store.missing(clips, recipe: recipe) == [clip(1)])
        }
    }

    @Test func aRowOfWhatIsNoNumberIsDroppedHoweverSound() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            let row = EmbeddingRow(
                recipe: recipe.digest, clip: clip(1), layers: 3, hidden: 4, frames: 5, instructionSet: "avx2",
                values: littleEndianBytes(of: [Float](repeating: .nan, count: 12)))
            try store.write { try row.insert(under: 1, checksum: row.checksum, into: $0) }
            let found = try store.embeddings(
                of: [clip(1)], recipe: recipe, layers: [0], shape: EmbeddingShape(layers: 3, hidden: 4))
            #expect(found.isEmpty)
            #expect(try store.missing([clip(1)], recipe: recipe) == [clip(1)])
        }
    }

    @Test func aWholeRowOfWhatIsNoNumberIsDroppedToo() throws {
        try withStore { store in
            try storeNotFinite(clip(1), in: store)
            #expect(try store.missing([clip(1)], recipe: recipe).isEmpty)
            #expect(try store.embeddings(of: [clip(1)], recipe: recipe).isEmpty)
            #expect(try store.missing([clip(1)], recipe: recipe) == [clip(1)])
        }
    }

    @Test func clipsOfAnotherShapeThanTheEncodersAreFound() throws {
        try withStore { store in
            let other = Recipe(fields: ["encoder": "xyz", "rate": "16000"])
            let flat = Embedding(layers: 12, hidden: 1, frames: 5, values: embedding(1).values, instructionSet: "avx2")
            for number in [2, 4, 5] { try store.store(flat, clip: clip(number), recipe: recipe) }
            for number in [1, 3] { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            try store.store(flat, clip: clip(1), recipe: other)
            let found = try store.clips(by: recipe, notOf: EmbeddingShape(layers: 3, hidden: 4))
            #expect(found == [2, 4, 5].map(clip).sorted())
            #expect(try store.clips(by: recipe, notOf: EmbeddingShape(layers: 12, hidden: 4)).count == 5)
            #expect(try store.clips(by: other, notOf: EmbeddingShape(layers: 12, hidden: 1)).isEmpty)
            #expect(try store.clips(by: recipe).count == 5)
        }
    }

    @Test func clipsWithoutAnEmbeddingAreMissing() throws {
        try withStore { store in
            for number in [1, 3] { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            #expect(try store.missing((1...4).map(clip), recipe: recipe) == [clip(2), clip(4)])
            let stored = try store.embeddings(of: (1...4).map(clip), recipe: recipe, layers: [0])
            #expect(Set(stored.keys) == [clip(1), clip(3)])
        }
    }

    @Test func anotherRecipeHasRowsOfItsOwn() throws {
        try withStore { store in
            let other = Recipe(fields: ["encoder": "xyz", "rate": "16000"])
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            #expect(try store.missing([clip(1)], recipe: other) == [clip(1)])
            #expect(try store.embeddings(of: [clip(1)], recipe: other, layers: [0]).isEmpty)
            try store.store(embedding(2), clip: clip(1), recipe: other)
            #expect(
                try store.embeddings(of: [clip(1)], recipe: recipe, layers: [0]) == [clip(1): states(1, layers: [0])])
            #expect(
                try store.embeddings(of: [clip(1)], recipe: other, layers: [0]) == [clip(1): states(2, layers: [0])])
        }
    }

    @Test func storingAgainReplaces() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try store.store(embedding(2), clip: clip(1), recipe: recipe)
            #expect(
                try store.embeddings(of: [clip(1)], recipe: recipe, layers: [1]) == [clip(1): states(2, layers: [1])])
            #expect(try store.statistics().embeddings == 1)
        }
    }

    @Test(arguments: [
        "UPDATE embeddings SET \"values\" = zeroblob(48) WHERE clip = ?",
        "UPDATE embeddings SET \"values\" = substr(\"values\", 1, 47) WHERE clip = ?",
        "UPDATE embeddings SET checksum = x'00' WHERE clip = ?",
        "UPDATE embeddings SET layers = 4, hidden = 3 WHERE clip = ?",
    ])
    func aDamagedRowIsDroppedAndMissing(damage: String) throws {
        try withStore { store in
            for number in [1, 2] { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            try tamper(with: store, sql: damage, arguments: [clip(1)])
            #expect(try store.missing([clip(1), clip(2)], recipe: recipe).isEmpty)
            let stored = try store.embeddings(of: [clip(1), clip(2)], recipe: recipe, layers: [0])
            #expect(stored == [clip(2): states(2, layers: [0])])
            #expect(try store.missing([clip(1), clip(2)], recipe: recipe) == [clip(1)])
        }
    }

    @Test func aRowThatEndsUpUnderAnotherRecipeIsNotHandedOut() throws {
        try withStore { store in
            let other = Recipe(fields: ["encoder": "xyz", "rate": "16000"])
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try store.store(embedding(2), clip: clip(2), recipe: other)
            try tamper(with: store, sql: "UPDATE embeddings SET recipe = 2 WHERE recipe = 1")
            #expect(
                try store.embeddings(of: [clip(1), clip(2)], recipe: other, layers: [0]) == [
                    clip(2): states(2, layers: [0])
                ])
            #expect(try store.statistics().embeddings == 1)
        }
    }

    @Test func fieldsOfARecipeThatAreDamagedAreWrittenAnew() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try tamper(with: store, sql: "UPDATE recipes SET fields = '{\"encoder\":\"abd\"}'")
            #expect(try store.recipes().isEmpty)
            #expect(try store.missing([clip(1)], recipe: recipe).isEmpty)
            try store.store(embedding(2), clip: clip(2), recipe: recipe)
            #expect(try store.recipes() == [recipe])
        }
    }

    @Test func aReaderLeavesADamagedRowWhereItIs() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try tamper(with: store, sql: "UPDATE embeddings SET checksum = x'00'")
            let reader = try FeatureStore(at: store.file, readOnly: true)
            #expect(try reader.embeddings(of: [clip(1)], recipe: recipe, layers: [0]).isEmpty)
            #expect(try store.statistics().embeddings == 1)
        }
    }

    @Test func aRowThatWasMadeAgainMeanwhileIsNotDropped() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try store.dropIfDamaged([1])
            #expect(try store.missing([clip(1)], recipe: recipe).isEmpty)
        }
    }
}
