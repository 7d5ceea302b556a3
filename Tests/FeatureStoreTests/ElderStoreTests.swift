import Foundation
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct ElderStoreTests {
    @Test func whatTheStoreLacksComesFromTheElderWhichIsNeverWritten() throws {
        try withElder { elder, store in
            let missing = try store.missing([clip(1), clip(2), clip(3)], recipe: recipe)
            #expect(missing == [clip(3)])
            #expect(
                try store.embeddings(of: [clip(1), clip(2), clip(3)], recipe: recipe)
                    == [clip(1): embedding(1), clip(2): embedding(2)])
            let keys = [training(1), training(2), training(3)].map(\.key)
            #expect(try store.trainedKeys(keys) == [keys[0], keys[1]])
            #expect(try store.training(keys[0]) == training(1))
            #expect(try store.training(keys[2]) == nil)
            #expect(try store.recorded(among: [clip(5), clip(6)]) == [clip(5): "said"])
            #expect(try elder.missing([clip(2)], recipe: recipe) == [clip(2)])
        }
    }

    @Test func filesThatTheElderRemembersAreNotReadAgain() throws {
        try withTemporaryDirectory { directory in
            let (audio, cache) = (
                directory.appendingPathComponent("a.wav"), directory.appendingPathComponent("c.sqlite")
            )
            try Data("sound".utf8).write(to: audio)
            let past = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -100)]
            try FileManager.default.setAttributes(past, ofItemAtPath: audio.path)
            let other = Digest.of(["another content"])
            let shared = try FeatureStore(at: cache)
            try shared.remember([
                (audio.path, .success(HashedFile(digest: other, stamp: FileStamp(ofPath: audio.path), hashedAt: .max)))
            ])
            // What is still in the log is not seen.
            try shared.compact()
            let elder = try FeatureStore(at: cache, access: .still)
            let store = try FeatureStore(
                at: directory.appendingPathComponent("s.sqlite"), access: .alone, before: elder)
            #expect(try store.digests(of: [audio], workers: 1).map { try $0.get() } == [other])
        }
    }

    @Test func anElderThatSeemsDamagedHasNothing() throws {
        try withTemporaryDirectory { directory in
            let cache = directory.appendingPathComponent("features.sqlite")
            let shared = try FeatureStore(at: cache)
            try shared.store(embedding(1), clip: clip(1), recipe: recipe)
            try shared.store(training(1))
            try shared.store(training(2))
            try shared.close()
            for table in ["recipes", "trainings"] { try overwriteRoot(of: table, in: cache) }
            let elder = try FeatureStore(at: cache, access: .still)
            #expect(throws: FeatureStoreError.self) { try elder.missing([clip(1)], recipe: recipe) }
            #expect(throws: FeatureStoreError.self) { try elder.training(training(1).key) }
            let store = try FeatureStore(
                at: directory.appendingPathComponent("s.sqlite"), access: .alone, before: elder)
            try store.store(training(2))
            #expect(try store.missing([clip(1)], recipe: recipe) == [clip(1)])
            #expect(try store.embeddings(of: [clip(1)], recipe: recipe).isEmpty)
            #expect(try store.training(training(1).key) == nil)
            #expect(try store.training(training(2).key) == training(2))
        }
    }

    private func withElder(_ body: (FeatureStore, FeatureStore) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let cache = directory.appendingPathComponent("features.sqlite")
            let shared = try FeatureStore(at: cache)
            try shared.store(embedding(1), clip: clip(1), recipe: recipe)
            try shared.store(training(1))
            try shared.record(clip(5), stage: "train", facts: "said")
            // What is still in the log is not seen.
            try shared.compact()
            let elder = try FeatureStore(at: cache, access: .still)
            let store = try FeatureStore(
                at: directory.appendingPathComponent("s.sqlite"), access: .alone, before: elder)
            try store.store(embedding(2), clip: clip(2), recipe: recipe)
            try store.store(training(2))
            try body(elder, store)
        }
    }
}
