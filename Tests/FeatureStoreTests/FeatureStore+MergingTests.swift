import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct FeatureStoreMergingTests {
    @Test func shardsMergedInAnyOrderAndTwiceAreTheWhole() throws {
        try withShards { cache, shards in
            for shard in shards.reversed() + shards { _ = try merged(shard, into: cache) }
            #expect(
                try cache.embeddings(of: (0..<6).map(clip), recipe: recipe)
                    == Dictionary(uniqueKeysWithValues: (0..<6).map { (clip($0), embedding($0)) }))
            for number in 1...3 { #expect(try cache.training(training(number).key) == training(number)) }
            #expect(try cache.audioFacts(of: [clip(1)]) == [clip(1): facts(1)])
            #expect(try cache.recorded(clip(20)) == "diverged")
            #expect(try cache.recorded(clip(21)) == nil)
            #expect(try cache.verify().isSound)
            let again = try merged(shards[0], into: cache)
            #expect(again.embeddings == StoreMerge.Tally(added: 0, present: 2) && again.bytes == 2 * 48)
            #expect(again.trainings == StoreMerge.Tally(added: 0, present: 1))
            #expect(again.records == StoreMerge.Tally(added: 0, present: 2) && again.rows == 5)
        }
    }

    @Test func damagedRowsAreNamedAndLeftOut() throws {
        try withShards { cache, shards in
            try tamper(with: shards[0], sql: #"UPDATE embeddings SET "values" = zeroblob(48) WHERE id = 1"#)
            try tamper(with: shards[0], sql: "UPDATE trainings SET best_epoch = 1")
            try tamper(with: shards[0], sql: "UPDATE audio_facts SET frames = 7")
            let merge = try merged(shards[0], into: cache)
            #expect(
                merge.damaged == [
                    "embedding of clip \(clip(0)): its checksum does not fit",
                    "training \(training(1).key): its checksum does not fit",
                    "audio facts of clip \(clip(0)): its checksum does not fit",
                ])
            #expect(merge.damagedKeys == [clip(0), training(1).key])
            #expect(try cache.missing([clip(0), clip(1)], recipe: recipe) == [clip(0)])
            #expect(try cache.verify().isSound)
        }
    }

    @Test func rowsThatAreOutOfOrderEndTheMergeAndNothingIsReadForEver() throws {
        try withShards { cache, shards in
            let file = shards[0].file
            try renumberLastRow(of: "embeddings", in: file, as: 0)
            let damage = FeatureStoreError.damaged(
                file: file.path, reason: "the rows of embeddings are out of order at number 0")
            #expect(throws: damage) { try merged(shards[0], into: cache) }
            #expect(try cache.missing([clip(0), clip(1)], recipe: recipe).isEmpty)
        }
    }

    @Test func aRowThatSaysSomethingElseIsReportedAndTheOneThatIsThereStays() throws {
        try withShards { cache, shards in
            var other = embedding(0)
            other.values[3] += 1
            try cache.store(other, clip: clip(0), recipe: recipe)
            var head = training(1)
            head.bestEpoch = 1
            try cache.store(head)
            try cache.record(clip(20), stage: "train", facts: "diverged elsewhere")
            let merge = try merged(shards[0], into: cache)
            #expect(
                merge.conflicts.map(\.row) == [
                    "clip \(clip(0)), recipe \(recipe.digest)", "training \(training(1).key)",
                    "record of training \(clip(20))",
                ])
            let mine = try checksum(of: clip(0), in: cache)
            let offered = try checksum(of: clip(0), in: shards[0])
            #expect(
                merge.conflicts[0].words
                    == "clip \(clip(0)), recipe \(recipe.digest): checksum \(mine) is there and stays, \(offered) was offered"
            )
            #expect(try cache.embeddings(of: [clip(0)], recipe: recipe) == [clip(0): other])
            #expect(try cache.training(head.key) == head)
        }
    }

    @Test func theSameNumbersByOtherInstructionsAreTheSame() throws {
        try withShards { cache, shards in
            var other = embedding(0)
            other.instructionSet = "avx2"
            try cache.store(other, clip: clip(0), recipe: recipe)
            let merge = try merged(shards[0], into: cache)
            #expect(merge.conflicts.isEmpty && merge.embeddings == StoreMerge.Tally(added: 1, present: 1))
        }
    }

    @Test func aTrainingThatIsWordedOtherwiseIsTheSame() throws {
        try withShards { cache, shards in
            var other = training(1)
            other.description = #"{"fold":"by another name"}"#
            try cache.store(other)
            let merge = try merged(shards[0], into: cache)
            #expect(merge.conflicts.isEmpty && merge.trainings == StoreMerge.Tally(added: 0, present: 1))
            #expect(try cache.training(other.key) == other)
        }
    }

    @Test func factsThatDifferStayAsTheyAre() throws {
        try withShards { cache, shards in
            try cache.store(facts(5), clip: clip(0))
            let merge = try merged(shards[0], into: cache)
            #expect(merge.conflicts.isEmpty && merge.records == StoreMerge.Tally(added: 1, present: 1))
            #expect(try cache.audioFacts(of: [clip(0)]) == [clip(0): facts(5)])
        }
    }

    @Test func rowsThatAreNotFiniteAreLeftOut() throws {
        try withShards { cache, shards in
            var values = embedding(0).values
            values[3] = .nan
            let row = EmbeddingRow(
                recipe: recipe.digest, clip: clip(0), layers: 3, hidden: 4, frames: 150, instructionSet: "avx512",
                values: littleEndianBytes(of: values))
            try tamper(
                with: shards[0],
                sql: #"UPDATE embeddings SET "values" = ?, checksum = ? WHERE id = 1"#,
                arguments: [row.values, row.checksum])
            let merge = try merged(shards[0], into: cache)
            #expect(merge.damaged == ["embedding of clip \(clip(0)): NaN or infinity among its values"])
            #expect(merge.damagedKeys == [clip(0)])
            #expect(try cache.missing([clip(0), clip(1)], recipe: recipe) == [clip(0)])
        }
    }

    @Test func anIndexThatLeadsToAnotherTrainingIsDamage() throws {
        try withShards { cache, shards in
            for shard in shards { _ = try merged(shard, into: cache) }
            try cache.close()
            try exchangeKeys(training(1).key, training(2).key, in: cache.file)
            let misled = try FeatureStore(at: cache.file)
            #expect(
                throws: FeatureStoreError.damaged(
                    file: cache.file.path, reason: "the index of trainings leads to another training")
            ) { _ = try merged(shards[0], into: misled) }
        }
    }

    @Test func aSoundRowTakesTheDamagedOnesPlace() throws {
        try withShards { cache, shards in
            for shard in shards { _ = try merged(shard, into: cache) }
            try tamper(with: cache, sql: #"UPDATE embeddings SET checksum = x'00' WHERE id = 1"#)
            try tamper(with: cache, sql: "UPDATE trainings SET checksum = x'00'")
            let merges = try shards.map { try merged($0, into: cache) }
            #expect(merges.map(\.embeddings.mended) == [1, 0, 0] && merges.map(\.trainings.mended) == [1, 1, 1])
            #expect(try cache.verify().isSound)
        }
    }

    @Test func aSoundRowTakesThePlaceOfOneThatIsNotFinite() throws {
        try withShards { cache, shards in
            try storeNotFinite(clip(0), in: cache)
            let merge = try merged(shards[0], into: cache)
            #expect(merge.conflicts.isEmpty && merge.embeddings == StoreMerge.Tally(added: 1, mended: 1))
            #expect(try cache.embeddings(of: [clip(0)], recipe: recipe) == [clip(0): embedding(0)])
        }
    }

    @Test func aMergeThatIsCutOffIsFinishedByTheNext() throws {
        struct Kill: Error {}
        try withTemporaryDirectory { directory in
            let shard = try FeatureStore(at: directory.appendingPathComponent("s.sqlite"), access: .alone)
            for number in 0..<600 { try shard.store(embedding(number), clip: clip(number), recipe: recipe) }
            let cache = try FeatureStore(at: directory.appendingPathComponent("features.sqlite"))
            var merge = StoreMerge()
            #expect(throws: Kill.self) { try cache.merge(shard, into: &merge) { _ in throw Kill() } }
            #expect(try cache.missing((0..<600).map(clip), recipe: recipe).count == 600 - 256)
            let rest = try merged(shard, into: cache)
            #expect(rest.embeddings == StoreMerge.Tally(added: 344, present: 256))
        }
    }

    @Test func aRecipeWhoseFieldsAreLostKeepsItsRowsAndGetsThemBack() throws {
        try withShards { cache, shards in
            try tamper(with: shards[0], sql: "UPDATE recipes SET fields = '{}'")
            #expect(try merged(shards[0], into: cache).embeddings.added == 2)
            #expect(try cache.recipes().isEmpty)
            #expect(try cache.verify().isSound)
            _ = try merged(shards[1], into: cache)
            #expect(try cache.recipes() == [recipe])
        }
    }

    @Test func nothingOfAStrangersSchemaIsRun() throws {
        try withShards { _, shards in
            try tamper(
                with: shards[0],
                sql: "CREATE TRIGGER t AFTER INSERT ON ledger BEGIN DELETE FROM embeddings; END")
            #expect(
                throws: FeatureStoreError.strangeSchema(file: shards[0].file.path, parts: ["trigger t"])
            ) { try FeatureStore(at: shards[0].file, access: .still) }
        }
    }

    private func merged(_ shard: FeatureStore, into cache: FeatureStore) throws -> StoreMerge {
        var merge = StoreMerge()
        try cache.merge(try FeatureStore(at: shard.file, access: .still), into: &merge)
        return merge
    }

    /// A cache and three shards of two embeddings and one training each; the first has a diverged head and a report too.
    private func withShards(_ body: (FeatureStore, [FeatureStore]) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let cache = try FeatureStore(at: directory.appendingPathComponent("features.sqlite"))
            let shards = try (0..<3).map { number in
                let file = directory.appendingPathComponent("\(number).sqlite")
                let store = try FeatureStore(at: file, access: .alone)
                for clipNumber in [2 * number, 2 * number + 1] {
                    try store.store(embedding(clipNumber), clip: clip(clipNumber), recipe: recipe)
                }
                try store.store(training(number + 1))
                try store.store(facts(number), clip: clip(number))
                if number == 0 {
                    try store.record(clip(20), stage: "train", facts: "diverged")
                    try store.record(clip(21), stage: "report", facts: "files")
                }
                try store.close()
                return store
            }
            try body(cache, shards)
        }
    }

    /// Exchanges the keys of two trainings in a closed store's table, of which the index does not know.
    private func exchangeKeys(_ one: Digest, _ other: Digest, in file: URL) throws {
        let root = try DatabaseQueue(path: file.path).read { database in
            try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'trainings'")
        }
        let start = (try #require(root) - 1) * 4_096
        var content = try Data(contentsOf: file)
        let places = try [one, other].map { key in
            try #require(content.range(of: Data(key.bytes), in: start..<start + 4_096))
        }
        content.replaceSubrange(places[0], with: Data(other.bytes))
        content.replaceSubrange(places[1], with: Data(one.bytes))
        try content.write(to: file)
    }

    private func checksum(of clip: Digest, in store: FeatureStore) throws -> String {
        let sql = "SELECT hex(checksum) FROM embeddings WHERE clip = ?"
        let text = try DatabaseQueue(path: store.file.path).read {
            try String.fetchOne($0, sql: sql, arguments: [clip])
        }
        return try #require(text).lowercased()
    }

    private func facts(_ number: Int) -> StoredAudioFacts {
        StoredAudioFacts(
            sampleRate: 48_000, channels: 1, frames: 1_000 + number, format: "WAV PCM_16", peak: 0.5, rms: 0.1,
            clippedSamples: 0, isSilent: false)
    }
}
