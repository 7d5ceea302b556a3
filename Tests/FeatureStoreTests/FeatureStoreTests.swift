import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreTests {
    @Test func whatIsStoredIsThereWhenItIsOpenedAgain() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("cache/deep/features.sqlite")
            try FeatureStore(at: file).store(embedding(1), clip: clip(1), recipe: recipe)
            let again = try FeatureStore(at: file)
            #expect(
                try again.embeddings(of: [clip(1)], recipe: recipe, layers: [1]) == [clip(1): states(1, layers: [1])])
        }
    }

    @Test func anEmptyFileBecomesAStore() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            try Data().write(to: file)
            #expect(try FeatureStore(at: file).missing([clip(1)], recipe: recipe) == [clip(1)])
        }
    }

    @Test func manyOpenTheSameNewFileAtOnce() throws {
        for _ in 0..<5 {
            try withTemporaryDirectory { directory in
                let file = directory.appendingPathComponent("features.sqlite")
                DispatchQueue.concurrentPerform(iterations: 8) { number in
                    #expect(throws: Never.self) {
                        try FeatureStore(at: file).store(embedding(number), clip: clip(number), recipe: recipe)
                    }
                }
                let missing = try FeatureStore(at: file).missing((0..<8).map(clip), recipe: recipe)
                #expect(missing.isEmpty)
            }
        }
    }

    @Test func eightThreadsStoreIntoOneStoreWhileOthersRead() throws {
        try withStore { store in
            let clips = (0..<200).map(clip)
            DispatchQueue.concurrentPerform(iterations: 8) { thread in
                #expect(throws: Never.self) {
                    for number in stride(from: thread, to: 200, by: 8) {
                        try store.store(embedding(number), clip: clip(number), recipe: recipe)
                        _ = try store.missing(clips, recipe: recipe)
                    }
                }
            }
            let stored = try store.embeddings(of: clips, recipe: recipe, layers: [0, 1, 2])
            #expect(stored == Dictionary(uniqueKeysWithValues: (0..<200).map { (clip($0), embedding($0).values) }))
        }
    }

    @Test func twoStoresOfOneFileSeeEachOthersRows() throws {
        try withStore { store in
            let other = try FeatureStore(at: store.file)
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            #expect(try other.missing([clip(1)], recipe: recipe).isEmpty)
            try other.store(embedding(2), clip: clip(2), recipe: recipe)
            #expect(try store.missing([clip(2)], recipe: recipe).isEmpty)
        }
    }

    @Test func aReadOnlyStoreReadsAndRemembersNothing() throws {
        try withStore { store in
            try store.store(embedding(1), clip: clip(1), recipe: recipe)
            let reader = try FeatureStore(at: store.file, readOnly: true)
            #expect(try reader.missing([clip(1)], recipe: recipe).isEmpty)
            _ = reader.digests(of: [store.file], workers: 1)
            #expect(try store.statistics().files == 0)
        }
    }

    @Test func compactingGivesTheSpaceOfRemovedRowsBack() throws {
        try withStore { store in
            let large = Embedding(
                layers: 10, hidden: 1_000, frames: 1, values: Array(repeating: 1, count: 10_000), instructionSet: "")
            for number in 0..<20 { try store.store(large, clip: clip(number), recipe: recipe) }
            try store.compact()
            let before = try store.statistics().fileBytes
            _ = try store.prune(keepingRecipes: [], trainings: [], stages: [])
            try store.compact()
            #expect(before > 800_000)
            #expect(try store.statistics().fileBytes < 200_000)
        }
    }
}
