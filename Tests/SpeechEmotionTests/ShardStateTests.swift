import FeatureStore
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct ShardStateTests {
    private let recipe = Recipe(fields: ["encoder": "x"])
    private let clips = (0..<4).map { Digest.of(["\($0)"]) }

    @Test func whatIsOwedAndNotThereIsMissingUnlessItCameToNothing() throws {
        try withTemporaryDirectory { directory in
            let store = try FeatureStore(at: directory.appendingPathComponent("s.sqlite"), access: .alone)
            var manifest = try manifest()
            #expect(try state(manifest, store) == "4 of 4 clips missing")
            let embedding = Embedding(layers: 1, hidden: 1, frames: 1, values: [1], instructionSet: "avx2")
            for clip in clips.prefix(2) { try store.store(embedding, clip: clip, recipe: recipe) }
            #expect(try state(manifest, store) == "2 of 4 clips missing")
            #expect(try state(manifest, store, damaged: [clips[0]]) == "3 of 4 clips missing")
            manifest.parts[0].failed = ShardManifest.Part.data(of: [clips[2]])
            #expect(try state(manifest, store) == "1 of 4 clips missing, 1 that came to nothing")
            try store.store(embedding, clip: clips[3], recipe: recipe)
            #expect(try state(manifest, store) == "4 clips, complete, 1 that came to nothing")
        }
    }

    @Test func aShareThatDoesNotKnowWhatItOwesIsNotComplete() throws {
        try withTemporaryDirectory { directory in
            let store = try FeatureStore(at: directory.appendingPathComponent("s.sqlite"), access: .alone)
            let begun = ShardManifest(.embed, of: "demo", try #require(Shard("1/2")), parts: [])
            #expect(try !ShardState(of: begun, in: store).isComplete)
            #expect(try state(begun, store) == "its writer was killed before it had listed its clips")
        }
    }

    @Test func theManifestIsReadBackAndNonsenseIsNone() throws {
        try withTemporaryDirectory { directory in
            let store = try FeatureStore(at: directory.appendingPathComponent("s.sqlite"), access: .alone)
            #expect(try ShardManifest(in: store) == nil)
            let manifest = try manifest()
            try manifest.record(in: store)
            #expect(try ShardManifest(in: store) == manifest)
            #expect(ShardManifest.Part.keys(in: manifest.parts[0].owed) == clips)
            for nonsense in ["", "{}", #"{"kind":"embed","pipeline":"a","shard":{"number":9,"count":8},"parts":[]}"#] {
                try store.record(ShardManifest.key, stage: ShardManifest.stage, facts: nonsense)
                #expect(try ShardManifest(in: store) == nil, "\(nonsense)")
            }
        }
    }

    private func manifest() throws -> ShardManifest {
        let part = ShardManifest.Part(stage: "embeddings", recipe: recipe, owed: clips)
        return ShardManifest(.embed, of: "demo", try #require(Shard("1/2")), parts: [part])
    }

    private func state(_ manifest: ShardManifest, _ store: FeatureStore, damaged: Set<Digest> = []) throws -> String {
        try ShardState(of: manifest, in: store, damaged: damaged).words("clip")
    }
}
