import Foundation
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreClaimsTests {
    @Test func aPieceOfWorkIsClaimedOnceAmongAllWhoShareTheStore() throws {
        try withStore { store in
            let other = try FeatureStore(at: store.file)
            var claim = store.claim(clip(1))
            #expect(claim != nil && other.claim(clip(1)) == nil)
            #expect(other.claim(clip(2)) != nil)
            claim = nil
            #expect(other.claim(clip(1)) != nil)
        }
    }

    @Test func anEmbeddingIsClaimedByClipAndRecipe() throws {
        try withStore { store in
            let claim = store.claim(embeddingOf: clip(1), by: recipe)
            #expect(store.claim(embeddingOf: clip(1), by: recipe) == nil)
            #expect(store.claim(embeddingOf: clip(2), by: recipe) != nil)
            #expect(store.claim(embeddingOf: clip(1), by: Recipe(fields: ["encoder": "other"])) != nil)
            withExtendedLifetime(claim) {}
        }
    }

    @Test func nothingIsRemovedFromAStoreInUse() throws {
        try withStore { store in
            var use = FeatureStore.claimUse(at: store.file)
            #expect(use != nil && FeatureStore.claimUse(at: store.file) != nil)
            #expect(FeatureStore.claimRemoval(at: store.file) == nil)
            use = nil
            let removal = FeatureStore.claimRemoval(at: store.file)
            #expect(removal != nil && FeatureStore.claimUse(at: store.file) == nil)
            withExtendedLifetime((use, removal)) {}
        }
    }

    @Test func manyWritersOnConnectionsOfTheirOwnAllGetTheirTurn() throws {
        try withStore { store in
            onConnections(6, to: store.file) { own, writer in
                for number in 0..<20 {
                    try own.store(embedding(number), clip: clip(100 * writer + number), recipe: recipe)
                }
            }
            let embeddings = try store.statistics().embeddings
            #expect(embeddings == 120)
        }
    }

    @Test func aStoreIsCompactedWhileOthersReadAndWrite() throws {
        try withStore { store in
            onConnections(4, to: store.file) { own, number in
                for round in 0..<10 {
                    guard number > 0 else {
                        try own.compact()
                        continue
                    }
                    try own.store(embedding(round), clip: clip(100 * number + round), recipe: recipe)
                    _ = try own.embeddings(of: [clip(100 * number + round)], recipe: recipe, layers: [0])
                }
            }
            let embeddings = try store.statistics().embeddings
            #expect(embeddings == 30)
        }
    }

    @Test func aNewStoreIsMadeByManyAtOnce() throws {
        try withStore { store in
            let file = store.file.deletingLastPathComponent().appendingPathComponent("new.sqlite")
            onConnections(8, to: file) { own, number in
                try own.store(embedding(number), clip: clip(number), recipe: recipe)
            }
            let missing = try FeatureStore(at: file).missing((0..<8).map(clip), recipe: recipe)
            #expect(missing.isEmpty)
        }
    }

    /// Runs a body on as many threads at once, each of which opens the store anew.
    private func onConnections(_ count: Int, to file: URL, _ body: @Sendable (FeatureStore, Int) throws -> Void) {
        DispatchQueue.concurrentPerform(iterations: count) { number in
            do {
                try body(try FeatureStore(at: file), number)
            } catch {
                Issue.record("connection \(number): \(error)")
            }
        }
    }
}
