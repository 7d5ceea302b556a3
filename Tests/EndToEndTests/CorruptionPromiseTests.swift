import Foundation
import Randomness
import SpeechEmotion
import TestSupport
import Testing

@testable import FeatureStore

/// README: bytes that turn in the cache, in checkpoints and in audio are found or do no harm.
@Suite struct CorruptionPromiseTests {
    /// What a run after the damage has to do, so that each kind of row is read in some trials.
    private enum Task: CaseIterable {
        case nothing, reportAgain, trainAgain, embedOneAgain, lookOver
    }

    @Test func turnedBitsInTheDatabase() throws {
        try Workbench.use { bench in
            let corruption = try CorruptionBench(bench)
            let results = try (0..<Trials.count(8, full: 400)).map { seed in
                var generator = SeededGenerator(seed: UInt64(seed), purpose: "database damage")
                try corruption.restore()
                let file = seed % 8 == 7 ? try leaveALog(corruption) : "cache/features.sqlite"
                let task = Task.allCases[seed % Task.allCases.count]
                let arguments = try prepare(task, corruption)
                let trial = "database, seed \(seed), \(task), \(try corruption.damage(file, &generator))"
                if task == .lookOver {
                    let verification = try bench.timbre("cache", "verify", "--sample", "2")
                    #expect([0, 65].contains(verification.status), "\(trial): \(verification)")
                }
                return try corruption.outcome(arguments, trial)
            }
            tell("corruption of the database", results)
        }
    }

    @Test(arguments: CorruptionBench.Weights.allCases)
    func turnedBitsInCheckpoints(weights: CorruptionBench.Weights) throws {
        try Workbench.use { bench in
            let corruption = try CorruptionBench(bench, weights: weights)
            let files = ["encoder/\(weights.rawValue)", "encoder/config.json", "encoder/preprocessor_config.json"]
            let head = try bench.firstHead()
            let answers = try bench.predictions(by: head)
            let results = try (0..<Trials.count(4, full: 100)).map { seed in
                var generator = SeededGenerator(seed: UInt64(seed), purpose: "checkpoint damage")
                try corruption.restore()
                if seed % 4 == 3 {
                    let trial = "head, seed \(seed), \(try corruption.damage(head, &generator))"
                    return try damagedHead(head, answers, bench, trial)
                }
                let file = files[seed % 4 == 0 ? 0 : generator.below(files.count)]
                defer { try? corruption.restore(file) }
                _ = try prepare(seed % 3 == 0 ? .nothing : .embedOneAgain, corruption)
                let trial = "checkpoint, seed \(seed), \(try corruption.damage(file, &generator))"
                guard seed % 5 != 4 else { return try anotherInput(corruption, trial, naming: "recipe") }
                try corruption.forgetTheWriting(of: file)
                return try corruption.outcome([], trial, mend: { try corruption.restore(file) })
            }
            tell("corruption of checkpoints, \(weights.rawValue)", results)
        }
    }

    @Test func turnedBitsInAudio() throws {
        try Workbench.use { bench in
            let corruption = try CorruptionBench(bench)
            let results = try (0..<Trials.count(4, full: 200)).map { seed in
                var generator = SeededGenerator(seed: UInt64(seed), purpose: "audio damage")
                try corruption.restore()
                let file =
                    seed % 3 == 1
                    ? CorruptionBench.losslesslyPacked
                    : "corpus/\(Workbench.names[generator.below(Workbench.names.count)].path)"
                defer { try? corruption.restore(file) }
                if seed % 2 == 0 { try corruption.dropEmbedding(of: file) }
                let trial = "audio, seed \(seed), \(try corruption.damage(file, &generator))"
                guard seed % 4 < 2 else { return try anotherInput(corruption, trial, naming: "corpus") }
                try corruption.forgetTheWriting(of: file)
                return try corruption.outcome([], trial, mend: { try corruption.restore(file) })
            }
            tell("corruption of audio", results)
        }
    }

    private func prepare(_ task: Task, _ corruption: CorruptionBench) throws -> [String] {
        switch task {
        case .nothing, .lookOver: return []
        case .trainAgain: return ["--force", "heads"]
        case .reportAgain:
            try FileManager.default.removeItem(at: corruption.bench.url("reports/small/metrics.csv"))
            return []
        case .embedOneAgain:
            try corruption.dropEmbedding(of: "corpus/\(Workbench.names[3].path)")
            return []
        }
    }

    /// Leaves rows in the database's log as a kill does, and returns the log's name.
    private func leaveALog(_ corruption: CorruptionBench) throws -> String {
        let (file, log) = (corruption.database, corruption.bench.url("cache/features.sqlite-wal"))
        let store = try FeatureStore(at: file)
        try corruption.bench.timbre("run", "small.yaml", "--force", "heads")
        let (database, pending) = (try Data(contentsOf: file), try Data(contentsOf: log))
        try store.close()
        try database.write(to: file)
        try pending.write(to: log)
        return pending.isEmpty ? "cache/features.sqlite" : "cache/features.sqlite-wal"
    }

    /// A damaged head is refused or answers as before.
    private func damagedHead(
        _ head: String, _ answers: String, _ bench: Workbench, _ trial: String
    ) throws -> CorruptionBench.Result? {
        let outcome = try bench.timbre(
            "predict", "--head", head, "--format", "csv", "corpus/\(Workbench.names[0].path)")
        if outcome.status == 65 { return .refused }
        let isSame = outcome.status == 0 && outcome.output == answers
        #expect(isSame, "\(trial): \(outcome)")
        return isSame ? .harmless : nil
    }

    /// An input that was exchanged visibly is refused by name, or the report says that it is another.
    private func anotherInput(
        _ corruption: CorruptionBench, _ trial: String, naming: String
    ) throws -> CorruptionBench.Result? {
        let run = try corruption.bench.timbre("run", "small.yaml")
        guard run.status != 65 else { return .refused }
        let before = String(decoding: corruption.report["report.md"] ?? Data(), as: UTF8.self)
        let provenance = try corruption.bench.text("reports/small/report.md").split(separator: "\n").filter {
            $0.contains(naming) && ($0.contains("SHA-256") || $0.contains("digest"))
        }
        let isTold = run.status == 0 && provenance.contains { !before.contains($0) }
        #expect(isTold, "\(trial): \(run) \(provenance)")
        return isTold ? .told : nil
    }

    private func tell(_ promise: String, _ results: [CorruptionBench.Result?]) {
        let counts = CorruptionBench.Result.allCases.map { result in (result, results.count { $0 == result }) }
        let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        Trials.tell(promise, "\(results.count) trials: \(words), \(results.count { $0 == nil }) silent")
    }
}

extension CorruptionBench {
    /// Drops the embedding of a file's content, so that it is made again.
    func dropEmbedding(of path: String) throws {
        let store = try FeatureStore(at: database)
        let clip = try #require(try store.rememberedDigests()[bench.url(path).path])
        for recipe in try store.recipes() { try store.drop([clip], recipe: recipe) }
        try store.close()
    }
}

extension Workbench {
    fileprivate func firstHead() throws -> String {
        let heads = try names(in: "cache/heads/small")
        return "cache/heads/small/\(try #require(heads.min()))"
    }

    /// What a head says of the first clip.
    fileprivate func predictions(by head: String) throws -> String {
        try timbre("predict", "--head", head, "--format", "csv", "corpus/\(Workbench.names[0].path)").output
    }
}
