import Foundation
import GRDB
import Randomness
import SpeechEmotion
import Testing
import Wav2Vec2

@testable import FeatureStore

/// Shares of the work made as several machines would, brought together and compared with one machine's.
@Suite struct ShardRunTests {
    @Test func sharesOfAnyNumberInAnyOrderGiveWhatOneMachineGives() throws {
        try Workbench.use { bench in
            let whole = try Whole(bench)
            for count in [1, 3, 8] {
                let places = ["--cache", "c\(count)", "--reports", "r\(count)"]
                for number in (1...count).reversed() {
                    try embed(bench, number, count, places)
                }
                let files = (1...count).map { "embed-\($0)-\(count).sqlite" }
                try expectDone(bench, ["cache", "merge"] + files.reversed() + Array(places.prefix(2)))
                for number in 1...2 {
                    let shard = ["--shard", "\(number)/2", "--output", "c\(count)/heads-\(number).sqlite"]
                    try expectDone(bench, ["train-shard", "small.yaml"] + shard + places)
                }
                let heads = (1...2).map { "c\(count)/heads-\($0).sqlite" }
                let merge = try expectDone(bench, ["cache", "merge"] + heads + Array(places.prefix(2)))
                #expect(merge.output.contains("heads: 8 added, 0 already there"), "\(merge.output)")
                let run = try expectDone(bench, ["run", "small.yaml"] + places)
                #expect(!run.errors.contains("embedded") && !run.errors.contains("trained"), "\(run.errors)")
                try whole.expectTheSame(bench, cache: "c\(count)", report: "r\(count)/small")
                let again = try expectDone(bench, ["cache", "merge"] + files + heads + Array(places.prefix(2)))
                #expect(again.output.contains("embeddings: 0 added, 64 already there"), "\(again.output)")
                try whole.expectTheSame(bench, cache: "c\(count)", report: "r\(count)/small")
            }
        }
    }

    @Test func aMissingAndAHalfWrittenShardAreNamedAndARerunDoesOnlyWhatIsMissing() throws {
        try Workbench.use { bench in
            for number in [1, 2] { try embed(bench, number, 3) }
            let count = try StoreRows(checking: bench.url("embed-2-3.sqlite")).embeddings.count
            try tamper(bench, "embed-2-3.sqlite", "DELETE FROM embeddings WHERE id = 1")
            try tamper(bench, "embed-2-3.sqlite", "UPDATE embeddings SET checksum = x'00' WHERE id = 2")
            let clip = try clipOfRow(2, bench, "embed-2-3.sqlite")
            let merge = try bench.timbre("cache", "merge", "embed-1-3.sqlite", "embed-2-3.sqlite", "none.sqlite")
            #expect(merge.status == 65, "\(merge)")
            for words in [
                "embed-2-3.sqlite: shard 2/3 of small is half written: 2 of \(count) clips missing",
                "embed-2-3.sqlite: embedding of clip \(clip): its checksum does not fit", "none.sqlite: no such file",
                "shard 3/3 of small is missing",
                "timbre embed-shard PIPELINE.yaml --shard 2/3 --output embed-2-3.sqlite",
            ] { #expect(merge.errors.contains(words), "\(words) in \(merge.errors)") }
            let rerun = try embed(bench, 2, 3, ["--cache", "none"])
            #expect(rerun.errors.contains("embedded 2 clips in"), "\(rerun.errors)")
            #expect(rerun.errors.contains("1 row of embed-2-3.sqlite damaged; made again"), "\(rerun.errors)")
            let lacking = try bench.timbre("cache", "merge", "embed-1-3.sqlite", "embed-2-3.sqlite")
            #expect(lacking.status == 66 && lacking.output.contains("2 added"), "\(lacking)")
        }
    }

    @Test func whatTheCacheHasIsLeftOutOfTheShares() throws {
        try Workbench.use { bench in
            try embed(bench, 1, 2)
            try bench.timbre("cache", "merge", "embed-1-2.sqlite")
            let rerun = try expectDone(
                bench, ["embed-shard", "small.yaml", "--shard", "1/1", "--output", "rest.sqlite"])
            let have = try StoreRows(checking: bench.url("embed-1-2.sqlite")).embeddings.count
            #expect(rerun.output.contains("\(64 - have) clips, complete"), "\(rerun.output)")
        }
    }

    @Test func aConflictIsReportedAndNothingIsOverwritten() throws {
        try Workbench.use { bench in
            try embed(bench, 1, 1)
            try bench.timbre("cache", "merge", "embed-1-1.sqlite")
            let before = try StoreRows(checking: bench.url("cache/features.sqlite"))
            let clip = try spoil(bench, "embed-1-1.sqlite")
            let merge = try bench.timbre("cache", "merge", "embed-1-1.sqlite")
            #expect(merge.status == 65, "\(merge)")
            #expect(merge.errors.contains("clip \(clip), recipe ") && merge.errors.contains(" is there and stays, "))
            #expect(merge.output.contains("embeddings: 0 added, 63 already there"), "\(merge.output)")
            let remedy = "leave embed-1-1.sqlite out of the merge; or rm embed-1-1.sqlite, and make it again"
            #expect(merge.errors.contains(remedy), "\(merge.errors)")
            #expect(try StoreRows(checking: bench.url("cache/features.sqlite")) == before)
        }
    }

    @Test func sharesByDifferentRecipesAreNoWhole() throws {
        try Workbench.use { bench in
            try embed(bench, 1, 2)
            try UntrainedEncoder.write(
                to: bench.url("other"), seed: 2, configuration: Workbench.tinyConfiguration)
            try embed(bench, 2, 2, ["--set", "embeddings.encoder=other"])
            let merge = try bench.timbre("cache", "merge", "embed-1-2.sqlite", "embed-2-2.sqlite")
            #expect(merge.status == 65, "\(merge)")
            for number in 1...2 {
                let words = "embed-\(number)-2.sqlite: made otherwise than other shards of small: stage "
                #expect(merge.errors.contains(words), "\(merge.errors)")
            }
            #expect(!merge.errors.contains("is missing"), "\(merge.errors)")
            try embed(bench, 2, 2)
            try expectDone(bench, ["cache", "merge", "embed-1-2.sqlite", "embed-2-2.sqlite"])
        }
    }

    @Test func aFileInWhichNothingWasWrittenIsNotTakenForNone() throws {
        try Workbench.use { bench in
            try embed(bench, 1, 1)
            try bench.write("", to: "empty.sqlite")
            let merge = try bench.timbre("cache", "merge", "empty.sqlite", "embed-1-1.sqlite")
            #expect(merge.status == 65 && merge.output.contains("embeddings: 64 added"), "\(merge)")
            for words in [
                "empty.sqlite: empty: its writer was killed before it wrote",
                "run the command that wrote empty.sqlite again",
            ] { #expect(merge.errors.contains(words), "\(words) in \(merge.errors)") }
        }
    }

    @Test func aShareThatWasKilledBeforeItListedItsClipsIsHalfWritten() throws {
        try Workbench.use { bench in
            try FileManager.default.moveItem(at: bench.url("corpus"), to: bench.url("elsewhere"))
            #expect(try bench.timbre("embed-shard", "small.yaml", "--shard", "1/1", "-o", "s.sqlite").status != 0)
            try FileManager.default.moveItem(at: bench.url("elsewhere"), to: bench.url("corpus"))
            let merge = try bench.timbre("cache", "merge", "s.sqlite")
            #expect(merge.status == 65, "\(merge)")
            let words = "shard 1/1 of small is half written: its writer was killed before it had listed its clips"
            #expect(merge.errors.contains(words), "\(merge.errors)")
            try expectDone(bench, ["embed-shard", "small.yaml", "--shard", "1/1", "-o", "s.sqlite"])
            try expectDone(bench, ["cache", "merge", "s.sqlite"])
        }
    }

    @Test func theCacheAmongTheFilesIsToldBeforeAnyIsMerged() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try embed(bench, 1, 1, ["--cache", "none"])
            let before = try StoreRows(checking: bench.url("cache/features.sqlite"))
            try tamper(bench, "cache/features.sqlite", "DELETE FROM embeddings WHERE id = 1")
            let merge = try bench.timbre("cache", "merge", "embed-1-1.sqlite", "cache/features.sqlite")
            #expect(merge.status == 64 && merge.errors.contains("cannot be merged into itself"), "\(merge)")
            #expect(try StoreRows(checking: bench.url("cache/features.sqlite")).embeddings.count == 63)
            #expect(before.embeddings.count == 64)
        }
    }

    @Test func whatWasFoundInAFileThatCannotBeReadToItsEndIsTold() throws {
        try Workbench.use { bench in
            for number in 1...2 { try embed(bench, number, 2) }
            try tamper(bench, "embed-1-2.sqlite", "UPDATE embeddings SET checksum = x'00' WHERE id = 1")
            let clip = try clipOfRow(1, bench, "embed-1-2.sqlite")
            try overwriteRoot(of: "audio_facts", bench, "embed-1-2.sqlite")
            let merge = try bench.timbre("cache", "merge", "embed-1-2.sqlite", "embed-2-2.sqlite")
            #expect(merge.status == 65, "\(merge)")
            #expect(merge.output.contains("embeddings: 63 added, 0 already there"), "\(merge.output)")
            for words in [
                "embed-1-2.sqlite: embedding of clip \(clip): its checksum does not fit",
                "embed-1-2.sqlite: the feature store is damaged",
            ] { #expect(merge.errors.contains(words), "\(words) in \(merge.errors)") }
        }
    }

    @Test func filesThatAreNoStoresAreNamedAndTheRestIsMerged() throws {
        try Workbench.use { bench in
            try embed(bench, 1, 1)
            try bench.write("my diary\n", to: "diary.sqlite")
            try DatabaseQueue(path: bench.url("foreign.sqlite").path).write {
                try $0.execute(sql: "CREATE TABLE t (x)")
            }
            for (name, sql) in [
                ("newer", "PRAGMA user_version = 9"),
                ("trigger", "CREATE TRIGGER t AFTER INSERT ON ledger BEGIN DELETE FROM embeddings; END"),
                ("view", "DROP TABLE audio_facts; CREATE VIEW audio_facts AS SELECT 1 AS clip"),
            ] {
                try FileManager.default.copyItem(at: bench.url("embed-1-1.sqlite"), to: bench.url("\(name).sqlite"))
                try tamper(bench, "\(name).sqlite", sql)
            }
            try FileManager.default.createDirectory(at: bench.url("folder.sqlite"), withIntermediateDirectories: true)
            mkfifo(bench.url("pipe.sqlite").path, 0o600)
            let names = ["diary", "foreign", "newer", "trigger", "view", "folder", "pipe"].map { "\($0).sqlite" }
            let merge = try bench.timbre(["cache", "merge"] + names + ["embed-1-1.sqlite"])
            #expect(merge.status == 65, "\(merge)")
            for name in names { #expect(merge.errors.contains("\(name): "), "\(name) in \(merge.errors)") }
            #expect(merge.output.contains("embeddings: 64 added"), "\(merge.output)")
        }
    }

    @Test func aFileThatAnotherProcessWritesIsLeftToIt() throws {
        try Workbench.use { bench in
            let owner = try FeatureStore(at: bench.url("embed-1-1.sqlite"), access: .alone)
            let outcome = try bench.timbre("embed-shard", "small.yaml", "--shard", "1/1", "-o", "embed-1-1.sqlite")
            #expect(outcome.status == 73, "\(outcome)")
            #expect(outcome.errors.contains("found:    process \(getpid()) on "), "\(outcome.errors)")
            #expect(try owner.verify().isSound)
        }
    }

    @Test func clipsThatCannotBeUsedAreToldAtTheEndAndMayBeLeftOut() throws {
        try Workbench.use { bench in
            try bench.write("no sound", to: "corpus/\(Workbench.names[9].path)")
            let outcome = try bench.timbre("embed-shard", "small.yaml", "--shard", "1/1", "-o", "s.sqlite")
            #expect(outcome.status == 65 && outcome.errors.contains(Workbench.names[9].path), "\(outcome)")
            let going = try expectDone(
                bench, ["embed-shard", "small.yaml", "--shard", "1/1", "-o", "s.sqlite", "--keep-going"])
            #expect(going.output.contains("64 clips, complete, 1 that came to nothing"), "\(going.output)")
            let merge = try expectDone(bench, ["cache", "merge", "s.sqlite"])
            #expect(merge.output.contains("1 clip came to nothing there"), "\(merge.output)")
            let heads = try bench.timbre("train-shard", "small.yaml", "--shard", "1/1", "-o", "h.sqlite")
            #expect(heads.status == 66 && heads.errors.contains("has not embedded 1 clip"), "\(heads)")
            try expectDone(
                bench, ["train-shard", "small.yaml", "--shard", "1/1", "-o", "h.sqlite", "--keep-going"])
            try expectDone(bench, ["cache", "merge", "h.sqlite"])
            let run = try expectDone(bench, ["run", "small.yaml", "--keep-going"])
            #expect(!run.errors.contains("trained"), "\(run.errors)")
        }
    }

    @Test func aShareThatIsKilledAtAnyMomentIsFinishedByARerun() throws {
        try Workbench.use { bench in
            let whole = try Whole(bench)
            try FileManager.default.removeItem(at: bench.url("cache"))
            for trial in 0..<6 {
                var random = SeededGenerator(seed: UInt64(trial), purpose: "shard kill")
                let process = try bench.start(
                    ["embed-shard", "small.yaml", "--shard", "1/1", "-o", "s\(trial % 2).sqlite", "--jobs", "1"])
                usleep(UInt32(random.below(150_000)))
                let isKill = random.below(2) == 0
                kill(process.processIdentifier, isKill ? SIGKILL : SIGTERM)
                let outcome = try bench.outcome(of: process)
                if process.terminationReason == .exit { #expect([0, 143].contains(outcome.status), "\(outcome)") }
            }
            for number in 0..<2 {
                try expectDone(bench, ["embed-shard", "small.yaml", "--shard", "1/1", "-o", "s\(number).sqlite"])
                let rows = try StoreRows(checking: bench.url("s\(number).sqlite"))
                #expect(rows.embeddings == whole.rows.embeddings)
            }
            try expectDone(bench, ["cache", "merge", "s0.sqlite", "s1.sqlite"])
            try expectDone(bench, ["run", "small.yaml"])
            try whole.expectTheSame(bench, cache: "cache", report: "reports/small")
        }
    }

    @Test func sharesOfSeveralCorporaGiveWhatOneMachineGives() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            try expectDone(bench, ["run", "cross.yaml"])
            let rows = try StoreRows(checking: bench.url("cache/features.sqlite"))
            let report = try bench.report("reports/cross")
            let places = ["--cache", "c", "--reports", "r"]
            let files = (1...3).map { "cross-\($0).sqlite" }
            for (index, file) in files.enumerated() {
                let shard = ["--shard", "\(index + 1)/3", "--output", file]
                try expectDone(bench, ["embed-shard", "cross.yaml"] + shard + places)
            }
            try expectDone(bench, ["cache", "merge", files[2], files[0], files[1]] + Array(places.prefix(2)))
            let run = try expectDone(bench, ["run", "cross.yaml"] + places)
            #expect(!run.errors.contains("embedded"), "\(run.errors)")
            #expect(try StoreRows(checking: bench.url("c/features.sqlite")) == rows)
            #expect(try bench.report("r/cross") == report)
        }
    }

    /// What one machine gives.
    private struct Whole {
        let rows: StoreRows
        let report: [String: Data]

        init(_ bench: Workbench) throws {
            try bench.timbre("run", "small.yaml")
            rows = try StoreRows(checking: bench.url("cache/features.sqlite"))
            report = try bench.report()
        }

        func expectTheSame(_ bench: Workbench, cache: String, report folder: String) throws {
            #expect(try StoreRows(checking: bench.url("\(cache)/features.sqlite")) == rows)
            #expect(try bench.report(folder) == report)
        }
    }

    @discardableResult
    private func embed(
        _ bench: Workbench, _ number: Int, _ count: Int, _ places: [String] = []
    ) throws -> Workbench.Outcome {
        let shard = ["--shard", "\(number)/\(count)", "--output", "embed-\(number)-\(count).sqlite"]
        return try expectDone(bench, ["embed-shard", "small.yaml"] + shard + places)
    }

    @discardableResult
    private func expectDone(_ bench: Workbench, _ arguments: [String]) throws -> Workbench.Outcome {
        let outcome = try bench.timbre(arguments)
        #expect(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome)")
        return outcome
    }

    private func tamper(_ bench: Workbench, _ file: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: bench.url(file).path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Overwrites the first page of a table in a closed file.
    private func overwriteRoot(of table: String, _ bench: Workbench, _ file: String) throws {
        let root = try DatabaseQueue(path: bench.url(file).path).read { database in
            try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
        }
        let start = (try #require(root) - 1) * 4_096
        var content = try Data(contentsOf: bench.url(file))
        content.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0xFF, count: 4_096))
        try content.write(to: bench.url(file))
    }

    private func clipOfRow(_ id: Int, _ bench: Workbench, _ file: String) throws -> Digest {
        let clip = try DatabaseQueue(path: bench.url(file).path).read {
            try Digest.fetchOne($0, sql: "SELECT clip FROM embeddings WHERE id = ?", arguments: [id])
        }
        return try #require(clip)
    }

    /// Changes one embedding soundly and gives its clip.
    private func spoil(_ bench: Workbench, _ file: String) throws -> Digest {
        let store = try FeatureStore(at: bench.url(file), access: .alone)
        let recipe = try #require(try store.recipes().first)
        let clip = try #require(try store.clips(by: recipe).first)
        var embedding = try #require(try store.embeddings(of: [clip], recipe: recipe)[clip])
        embedding.values[0] += 1
        try store.store(embedding, clip: clip, recipe: recipe)
        try store.close()
        return clip
    }
}
