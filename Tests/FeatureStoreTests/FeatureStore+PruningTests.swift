import Foundation
import Testing

@testable import FeatureStore

@Suite struct FeatureStorePruningTests {
    private let other = Recipe(fields: ["encoder": "xyz"])

    @Test func onlyWhatIsKeptStays() throws {
        try withFilledStore { store in
            let pruning = try store.prune(
                keepingRecipes: [other.digest], trainings: [training(2).key], stages: [clip(8)])
            #expect(pruning == StorePruning(recipes: 1, embeddings: 3, trainings: 1, stages: 1, files: 0))
            #expect(try store.missing((1...3).map(clip), recipe: recipe).count == 3)
            #expect(try store.missing([clip(1)], recipe: other).isEmpty)
            #expect(try store.training(training(1).key) == nil)
            #expect(try store.training(training(2).key) == training(2))
            #expect(try store.recorded(clip(9)) == nil)
            #expect(try store.recorded(clip(8)) == "{}")
            #expect(try store.verify().isSound)
        }
    }

    @Test func keepingEverythingRemovesNothing() throws {
        try withFilledStore { store in
            let pruning = try store.prune(
                keepingRecipes: [recipe.digest, other.digest], trainings: [training(1).key, training(2).key],
                stages: [clip(8), clip(9)])
            #expect(pruning == StorePruning(recipes: 0, embeddings: 0, trainings: 0, stages: 0, files: 0))
        }
    }

    @Test func filesThatAreGoneAreForgotten() throws {
        try withStore { store in
            let file = store.file.deletingLastPathComponent().appendingPathComponent("a.wav")
            try Data("one".utf8).write(to: file)
            _ = store.digests(of: [file, store.file], workers: 1)
            try FileManager.default.removeItem(at: file)
            #expect(try store.prune(keepingRecipes: [], trainings: [], stages: []).files == 1)
            #expect(try store.statistics().files == 1)
        }
    }

    private func withFilledStore(_ body: (FeatureStore) throws -> Void) throws {
        try withStore { store in
            for number in 1...3 { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            try store.store(embedding(1), clip: clip(1), recipe: other)
            for number in 1...2 { try store.store(training(number)) }
            for number in 8...9 { try store.record(clip(number), stage: "clips", facts: "{}") }
            try body(store)
        }
    }
}
