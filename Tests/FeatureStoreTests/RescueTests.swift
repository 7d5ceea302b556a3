import Foundation
import GRDB
import TestSupport
import Testing

@testable import FeatureStore

@Suite struct RescueTests {
    @Test func allOfASoundStoreIsSaved() throws {
        try withFilledStore { file in
            let original = try Data(contentsOf: file)
            let rescue = try FeatureStore.rescue(file)
            #expect(rescue == StoreRescue(aside: file.path + ".damaged", embeddings: 60, trainings: 3))
            #expect(try Data(contentsOf: URL(fileURLWithPath: rescue.aside)) == original)
            let store = try FeatureStore(at: file)
            #expect(try store.embeddings(of: (1...60).map(clip), recipe: recipe).count == 60)
            for number in 1...3 { #expect(try store.training(training(number).key) == training(number)) }
            #expect(try store.recorded(clip(1)) == "{}")
            let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
            #expect(
                Set(names).isSubset(of: [
                    "features.sqlite", "features.sqlite.damaged", "features.sqlite.damaged-wal", "features.sqlite-wal",
                    "features.sqlite-shm",
                ]))
        }
    }

    @Test func aRescueThatWasCutOffBetweenTheLogAndTheStoreLosesNoRow() throws {
        try withFilledStore { file in
            // A log that nobody has moved into the database yet.
            let (store, aside) = (try FeatureStore(at: file), file.path + ".damaged")
            try store.store(embedding(61), clip: clip(61), recipe: recipe)
            try FileManager.default.linkItem(atPath: file.path, toPath: aside)
            try FileManager.default.copyItem(atPath: file.path + "-wal", toPath: aside + "-wal")
            try withExtendedLifetime(store) {
                for suffix in ["-wal", "-shm"] { try FileManager.default.removeItem(atPath: file.path + suffix) }
                let rescue = try FeatureStore.rescue(file)
                #expect(rescue.embeddings == 61)
                #expect(rescue.aside == aside + "-2")
                #expect(FileManager.default.fileExists(atPath: rescue.aside + "-wal"))
            }
        }
    }

    @Test func aLinkInTheStoresPlaceIsRefusedAndWhatItLeadsToLeftAlone() throws {
        try withFilledStore { file in
            let (link, before) = (URL(fileURLWithPath: file.path + "-link"), try Data(contentsOf: file))
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
            let refusal = FeatureStoreError.linked(file: link.path, link: link.path)
            #expect(throws: refusal) { try FeatureStore.rescue(link) }
            #expect(throws: refusal) { try FeatureStore(at: link) }
            #expect(try FeatureStore(at: link, readOnly: true).verify().embeddings == 60)
            #expect(try Data(contentsOf: file) == before)
        }
    }

    @Test func aSecondRescueDoesNotReplaceWhatTheFirstMovedAside() throws {
        try withFilledStore { file in
            _ = try FeatureStore.rescue(file)
            #expect(try FeatureStore.rescue(file).aside == file.path + ".damaged-2")
        }
    }

    @Test(arguments: ["sqlite_autoindex_embeddings_1", "sqlite_autoindex_trainings_1", "sqlite_autoindex_answers_1"])
    func anIndexIsMadeAnew(index: String) throws {
        try withFilledStore { file in
            try overwriteRoot(of: index, in: file)
            let rescue = try FeatureStore.rescue(file)
            #expect(rescue.embeddings == 60 && rescue.trainings == 3)
        }
    }

    @Test func embeddingsOutliveTheTableOfTheirRecipes() throws {
        try withFilledStore { file in
            try overwriteRoot(of: "recipes", in: file)
            #expect(try FeatureStore.rescue(file).embeddings == 60)
            let store = try FeatureStore(at: file)
            #expect(try store.missing((1...60).map(clip), recipe: recipe).isEmpty)
            #expect(try store.statistics().recipes.map(\.recipe) == [nil])
            try store.store(embedding(61), clip: clip(61), recipe: recipe)
            #expect(try store.recipes() == [recipe])
        }
    }

    @Test func rowsBeyondADamagedPageAreSaved() throws {
        try withFilledStore { file in
            var content = try Data(contentsOf: file)
            let values = littleEndianBytes(of: embedding(30).values)
            let place = try #require(content.range(of: values)).lowerBound / 4_096 * 4_096
            content.replaceSubrange(place..<place + 8, with: Data(repeating: 0xFF, count: 8))
            try content.write(to: file)
            let saved = try FeatureStore.rescue(file).embeddings
            #expect(saved >= 20 && saved < 60, "\(saved)")
        }
    }

    @Test(arguments: [
        "UPDATE sqlite_schema SET sql = replace(sql, 'hidden', 'higgen')",
        "UPDATE sqlite_schema SET name = 'embeddingz', tbl_name = 'embeddingz' WHERE name = 'embeddings'",
    ])
    func definitionsAreMended(damage: String) throws {
        try withFilledStore { file in
            var configuration = Configuration()
            configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
            let queue = try DatabaseQueue(path: file.path, configuration: configuration)
            try queue.write { try $0.execute(sql: damage) }
            try queue.close()
            #expect(try FeatureStore.rescue(file).embeddings == 60)
        }
    }

    @Test func aStoreOfAnEarlierSchemaIsSavedAndBroughtUpToDate() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            let queue = try DatabaseQueue(path: file.path)
            try queue.write { database in
                try Schema.migrate(database, file: file.path, steps: 2)
                try database.execute(
                    sql: "INSERT INTO recipes (digest, fields) VALUES (?, ?)",
                    arguments: [recipe.digest, recipe.canonicalJSON])
                for number in 1...20 {
                    let whole = embedding(number)
                    let row = EmbeddingRow(
                        recipe: recipe.digest, clip: clip(number), layers: whole.layers, hidden: whole.hidden,
                        frames: whole.frames, instructionSet: whole.instructionSet,
                        values: littleEndianBytes(of: whole.values))
                    try row.insert(under: 1, checksum: row.earlierChecksum, into: database)
                }
            }
            try queue.close()
            try overwriteRoot(of: "sqlite_autoindex_embeddings_1", in: file)
            #expect(try FeatureStore.rescue(file).embeddings == 20)
            #expect(try FeatureStore(at: file).missing((1...21).map(clip), recipe: recipe) == [clip(21)])
        }
    }

    @Test func aStoreOfWhichNothingCanBeReadBecomesAnEmptyOne() throws {
        try withFilledStore { file in
            var content = try Data(contentsOf: file)
            content.replaceSubrange(100..<content.count, with: Data(repeating: 0xFF, count: content.count - 100))
            try content.write(to: file)
            #expect(try FeatureStore.rescue(file) == StoreRescue(aside: file.path + ".damaged"))
            #expect(try FeatureStore(at: file).verify().isSound)
        }
    }

    @Test func whatIsNotOursStaysWhereItIs() throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            let text = Data(String(repeating: "my diary\n", count: 20).utf8)
            try text.write(to: file)
            #expect(throws: FeatureStoreError.notSQLite(file: file.path)) { try FeatureStore.rescue(file) }
            #expect(try Data(contentsOf: file) == text)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["features.sqlite"])
        }
    }

    /// A closed store of sixty embeddings, three trainings and a record.
    private func withFilledStore(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("features.sqlite")
            let store = try FeatureStore(at: file)
            for number in 1...60 { try store.store(embedding(number), clip: clip(number), recipe: recipe) }
            for number in 1...3 { try store.store(training(number)) }
            try store.record(clip(1), stage: "report", facts: "{}")
            try store.compact()
            try store.close()
            try body(file)
        }
    }
}
