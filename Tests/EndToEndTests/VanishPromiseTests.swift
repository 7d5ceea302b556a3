import Foundation
import Randomness
import TestSupport
import Testing

/// What is taken away under a running process, which is held for that moment so that no test depends on time.
@Suite struct VanishPromiseTests {
    /// What is taken, in which stages, and what the run says of it.
    private struct Theft: Sendable {
        let name: String
        let stages: [BrokenRuns.Stage]
        let message: String
        /// Gives what puts it back.
        let take: @Sendable (Workbench, inout SeededGenerator) throws -> () throws -> Void
    }

    private static let thefts = [
        Theft(name: "corpus", stages: [.embeddings], message: "the corpus vanished") { bench, _ in
            try FileManager.default.moveItem(at: bench.url("corpus"), to: bench.url("away"))
            return { try FileManager.default.moveItem(at: bench.url("away"), to: bench.url("corpus")) }
        },
        Theft(name: "deleted database", stages: BrokenRuns.Stage.allCases, message: displaced) { bench, random in
            try removeDatabase(["", "-wal", "-shm"].prefix(random.below(2) == 0 ? 1 : 3), bench)
            return {}
        },
        Theft(name: "replaced database", stages: BrokenRuns.Stage.allCases, message: displaced) { bench, _ in
            try removeDatabase(["", "-wal", "-shm"], bench)
            try FileManager.default.copyItem(
                at: bench.url("before-heads/features.sqlite"), to: bench.url("cache/features.sqlite"))
            return {}
        },
    ]

    private static let displaced = "the feature store was deleted or replaced"

    private static func removeDatabase(_ suffixes: some Sequence<String>, _ bench: Workbench) throws {
        for suffix in suffixes {
            let file = bench.url("cache/features.sqlite\(suffix)").path
            // SQLite removes the log itself where it ends just now.
            guard unlink(file) == 0 || errno == ENOENT else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        }
    }

    @Test func whatVanishesUnderARunIsNoticedAndTheNextFinishes() throws {
        try BrokenRuns.use { runs in
            for theft in Self.thefts {
                let count = Trials.count(1, full: 21)
                for trial in 0..<count { try steal(theft, seed: trial, runs) }
                Trials.tell(theft.name, "\(count) taken away under a run, each exit 74, byte-identical afterwards")
            }
        }
    }

    private func steal(_ theft: Theft, seed: Int, _ runs: BrokenRuns) throws {
        var random = SeededGenerator(seed: UInt64(seed), purpose: theft.name)
        let stage = theft.stages[seed % theft.stages.count]
        let name = "\(theft.name) of seed \(seed) in \(stage)"
        try runs.restore(before: stage)
        var moment = random
        let (process, _) = try runs.strike(stage, hurting: theft.stages.last ?? stage, &moment) { process in
            kill(process.processIdentifier, SIGSTOP)
            defer { kill(process.processIdentifier, SIGCONT) }
            return try theft.take(runs.bench, &random)
        }
        let errors = try runs.bench.text("stderr.txt")
        #expect(process.terminationStatus == 74, "\(name): \(process.terminationStatus) \(errors)")
        #expect(errors.contains(theft.message), "\(name): \(errors)")
        try runs.copy("killed")
        let kept = try StoreRows(checking: runs.bench.url("killed/features.sqlite"))
        try runs.expectRecovery(keeping: kept, name)
    }
}
