import Foundation
import Testing

@testable import FeatureStore

@Suite struct CacheVerifyTests {
    @Test func aSampleIsComputedAgainAndIsTheSame() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let outcome = try bench.timbre("cache", "verify", "--sample", "5", "--seed", "3")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("64 embeddings and 8 trained heads checked, sound"), "\(outcome.output)")
            #expect(outcome.output.contains(": 5 of 64 computed again by "), "\(outcome.output)")
            #expect(outcome.output.contains(", largest difference 0.0\n"), "\(outcome.output)")
            #expect(try !bench.timbre("cache", "verify", "--sample", "0").output.contains("computed again"))
        }
    }

    @Test func whoeverComesWhileTheCacheIsMendedWaitsAndUsesTheMendedOne() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            let clip = "corpus/\(Workbench.names[0].path)"
            for command in [["run", "small.yaml", "--force", "report"], ["predict", "--head", head, clip]] {
                let file = bench.url("cache/features.sqlite")
                var alone = FeatureStore.claimRemoval(at: file)
                #expect(alone != nil)
                let process = try bench.start(command)
                try bench.wait(
                    for: "waiting for another process that prunes or mends the cache", in: "stderr.txt", of: process)
                _ = try FeatureStore.rescue(file)
                withExtendedLifetime(alone) {}
                alone = nil
                let outcome = try bench.outcome(of: process)
                #expect(outcome.status == 0, "\(command): \(outcome.errors)")
            }
        }
    }

    @Test func oneOfTwoThatWouldMendTheCacheFindsItMended() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let file = bench.url("cache/features.sqlite")
            var bytes = try Data(contentsOf: file)
            // The header's page size, without which nothing opens.
            bytes[16] = 0xFF
            try bytes.write(to: file)
            var use = FeatureStore.claimUse(at: file)
            #expect(use != nil)
            let both = try ["a-", "b-"].map {
                ($0, try bench.start(["cache", "verify", "--drop", "--sample", "0"], named: $0))
            }
            for (name, process) in both {
                let words = "waiting for other processes that use the cache"
                try bench.wait(for: words, in: "\(name)stderr.txt", of: process)
            }
            withExtendedLifetime(use) {}
            use = nil
            let outcomes = try both.map { try bench.outcome(of: $1, named: $0) }
            #expect(outcomes.map(\.status) == [0, 0], "\(outcomes)")
            #expect(outcomes.count { $0.output.contains("the database was damaged") } == 1, "\(outcomes)")
            #expect(outcomes.allSatisfy { $0.output.contains("64 embeddings and 8 trained heads checked, sound") })
            #expect(!FileManager.default.fileExists(atPath: file.path + ".damaged-2"))
        }
    }

    @Test func whatCannotBeFoundAnyMoreIsCounted() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try FileManager.default.removeItem(at: bench.url("corpus/Actor_02"))
            let gone = try bench.timbre("cache", "verify").output
            #expect(
                gone.contains("8 of 64 computed again") && gone.contains("; the audio of 16 is not where it was"),
                "\(gone)")
            try FileManager.default.moveItem(at: bench.url("encoder"), to: bench.url("elsewhere"))
            let outcome = try bench.timbre("cache", "verify")
            #expect(outcome.output.contains("none of 64 computed again, the encoder is not where it was"), "\(outcome)")
            #expect(outcome.status == 0)
        }
    }

    @Test func rowsThatNoRunUsesAreToldAndDroppedThoughTheirChecksumsFit() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            let clips = try spoilShapeAndValues(bench)
            let outcome = try bench.timbre("cache", "verify", "--sample", "64")
            #expect(outcome.status == 65)
            #expect(outcome.output.contains("checked, 1 damaged\n"), "\(outcome.output)")
            #expect(outcome.output.contains(": 62 of 64 computed again by "), "\(outcome.output)")
            #expect(outcome.output.contains("; 1 of another shape than what it gives"), "\(outcome.output)")
            for told in [
                "clip \(clips[0]): NaN or infinity among its values",
                "clip \(clips[1]): of another shape than what its encoder gives",
            ] { #expect(outcome.errors.contains(told), "\(outcome.errors)") }
            #expect(try bench.timbre("cache", "verify", "--sample", "64", "--drop").status == 0)
            #expect(try bench.timbre("cache", "verify", "--sample", "64").output.contains(" 62 embeddings and "))
            let rerun = try bench.timbre("run", "small.yaml", "--force", "heads")
            #expect(rerun.errors.contains("embedded 2 clips "), "\(rerun.errors)")
            #expect(try bench.report() == before)
        }
    }

    @Test func aDamagedRowIsToldAndMadeAgainWithinTheRun() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            for table in ["embeddings", "trainings"] {
                try tamper(bench, "UPDATE \(table) SET checksum = x'00' WHERE id = 5")
            }
            try FileManager.default.removeItem(at: bench.url("reports/small/metrics.csv"))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("is damaged; training it again"), "\(outcome.errors)")
            #expect(outcome.errors.contains("1 cached embedding damaged or gone"), "\(outcome.errors)")
            #expect(try bench.report() == before)
            #expect(try bench.timbre("cache", "verify").status == 0)
        }
    }

    @Test func aRottenEncoderIsRefusedUntilItIsRestored() throws {
        try Workbench.use { bench in
            let corruption = try CorruptionBench(bench)
            try corruption.dropEmbedding(of: "corpus/\(Workbench.names[3].path)")
            var weights = try Data(contentsOf: bench.url("encoder/model.safetensors"))
            weights[weights.count - 5] ^= 1
            try weights.write(to: bench.url("encoder/model.safetensors"))
            try corruption.forgetTheWriting(of: "encoder/model.safetensors")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("a file of the encoder has been damaged or exchanged"), "\(outcome.errors)")
            #expect(outcome.errors.contains("encoder/model.safetensors"), "\(outcome.errors)")
            try corruption.restore("encoder/model.safetensors")
            #expect(try bench.timbre("run", "small.yaml").status == 0)
            #expect(try bench.report() == corruption.report)
        }
    }

    /// Puts infinity among the values of one embedding and a single number in the place of another, and gives both rows
    /// right checksums; whose they are.
    private func spoilShapeAndValues(_ bench: Workbench) throws -> [Digest] {
        let store = try FeatureStore(at: bench.url("cache/features.sqlite"))
        let recipe = try #require(try store.recipes().first)
        let clips = try [3, 4].map {
            try Digest(hashingFile: bench.url("corpus").appendingPathComponent(Workbench.names[$0].path))
        }
        var stored = try #require(try store.embeddings(of: clips, recipe: recipe)[clips[0]])
        stored.values[5] = -.infinity
        let row = EmbeddingRow(
            recipe: recipe.digest, clip: clips[0], layers: stored.layers, hidden: stored.hidden, frames: stored.frames,
            instructionSet: stored.instructionSet, values: littleEndianBytes(of: stored.values))
        try store.write { database in
            let id = try store.recipeID(orInserting: recipe, in: database)
            try row.insert(under: id, checksum: row.checksum, into: database)
        }
        try store.store(
            Embedding(layers: 1, hidden: 1, frames: 1, values: [1], instructionSet: "avx2"), clip: clips[1],
            recipe: recipe)
        try store.close()
        return clips
    }

    private func tamper(_ bench: Workbench, _ sql: String) throws {
        let store = try FeatureStore(at: bench.url("cache/features.sqlite"))
        try store.write { try $0.execute(sql: sql) }
        try store.close()
    }
}
