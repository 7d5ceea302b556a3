import Foundation
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreStatisticsTests {
    @Test func everythingIsCounted() throws {
        try withStore { store in
            let other = Recipe(fields: ["encoder": "xyz"])
            for number in 1...3 { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            try store.store(embedding(1), clip: clip(1), recipe: other)
            try store.store(training(1))
            try store.record(clip(1), stage: "clips", facts: "{}")
            _ = store.digests(of: [store.file], workers: 1)
            let statistics = try store.statistics()
            #expect(
                statistics.recipes == [
                    StoreStatistics.RecipeUse(digest: recipe.digest, recipe: recipe, clips: 3, bytes: 144),
                    StoreStatistics.RecipeUse(digest: other.digest, recipe: other, clips: 1, bytes: 48),
                ])
            #expect(statistics.embeddings == 4)
            #expect(statistics.trainings == 1)
            #expect(statistics.stages == 1)
            #expect(statistics.clips == 0)
            #expect(statistics.files == 1)
            #expect(statistics.fileBytes >= 4_096)
        }
    }

    @Test func aNewStoreHoldsNothing() throws {
        try withStore { store in
            let statistics = try store.statistics()
            #expect(statistics.recipes.isEmpty)
            #expect(statistics.embeddings == 0)
        }
    }

    @Test func whatADamagedRecipeSaysIsNotTold() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            try tamper(with: store, sql: "UPDATE recipes SET fields = 'x'")
            let use = StoreStatistics.RecipeUse(digest: recipe.digest, recipe: nil, clips: 1, bytes: 48)
            #expect(try store.statistics().recipes == [use])
        }
    }
}
