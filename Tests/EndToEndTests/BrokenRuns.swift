import Foundation
import Randomness
import Testing

/// A small pipeline whose stages last long enough to be broken into, what it gives undisturbed, and how it is broken.
struct BrokenRuns {
    /// The stages that take time.
    enum Stage: String, CaseIterable {
        case embeddings, heads, report

        /// Whether a run that has told so much has begun it.
        func hasBegun(in told: String) -> Bool { told.contains("\n\(rawValue): ") }
    }

    let bench: Workbench
    let rows: StoreRows
    private let report: [String: Data]
    private let heads: [String: Data]
    /// Seconds that each stage takes undisturbed.
    private let seconds: [Stage: Double]

    static let arguments = ["run", "small.yaml", "--jobs", "2"]
    static let clipCount = Workbench.names.count

    /// Makes the workbench, runs the pipeline undisturbed and keeps what stood there before each stage.
    static func use(_ body: (BrokenRuns) throws -> Void) throws {
        try Workbench.use { bench in
            try bench.write(stageFile, to: "small.yaml")
            let seconds = try time(bench)
            let runs = BrokenRuns(
                bench: bench, rows: try StoreRows(checking: bench.url("cache/features.sqlite")),
                report: try bench.report(), heads: try bench.report("cache/heads/small"), seconds: seconds)
            try runs.keepWhatStandsBeforeStages()
            try body(runs)
        }
    }

    private static func time(_ bench: Workbench) throws -> [Stage: Double] {
        let process = try bench.start(arguments)
        var marks: [Double] = []
        for stage in Stage.allCases {
            while try !hasBegun(stage, bench), !process.hasEnded { usleep(500) }
            marks.append(Date().timeIntervalSince1970)
        }
        let outcome = try bench.outcome(of: process)
        try #require(outcome.status == 0, "\(outcome.errors)")
        marks.append(Date().timeIntervalSince1970)
        return Dictionary(uniqueKeysWithValues: Stage.allCases.enumerated().map { ($1, marks[$0 + 1] - marks[$0]) })
    }

    private static func hasBegun(_ stage: Stage, _ bench: Workbench) throws -> Bool {
        stage.hasBegun(in: try bench.text("stderr.txt"))
    }

    /// The pipeline's beginnings, which are pipelines too, leave what a whole run finds at its later stages.
    private func keepWhatStandsBeforeStages() throws {
        try clear()
        try copy("before-embeddings")
        let stages = Self.stageFile.components(separatedBy: "  report:")[0]
        for (stage, text) in [(Stage.heads, stages.components(separatedBy: "  heads:")[0]), (.report, stages)] {
            try bench.write(text, to: "part.yaml")
            try #require(try bench.timbre("run", "part.yaml").status == 0)
            try copy("before-\(stage.rawValue)")
        }
    }

    private static let stageFile = Workbench.stageFile
        .replacing("    epochs: 4\n", with: "    epochs: 40\n").replacing("{patience: 2", with: "{patience: 40")
        .replacing("    seed: 3\n", with: "    seed: [3, 4]\n")
}

extension BrokenRuns {
    /// The stage that a run had last begun; nil before the first.
    func stageReached() throws -> Stage? { try Stage.allCases.last { try Self.hasBegun($0, bench) } }

    /// Puts the cache back as it stood before a stage, or as it was copied.
    func restore(_ name: String) throws {
        try clear()
        try FileManager.default.copyItem(at: bench.url(name), to: bench.url("cache"))
    }

    /// Puts the cache back as it stood before a stage, without a report.
    func restore(before stage: Stage) throws {
        try restore("before-\(stage.rawValue)")
        try? FileManager.default.removeItem(at: bench.url("reports"))
    }

    /// Copies the cache as it is now.
    func copy(_ name: String) throws {
        try? FileManager.default.removeItem(at: bench.url(name))
        try FileManager.default.createDirectory(at: bench.url("cache"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: bench.url("cache"), to: bench.url(name))
    }

    private func clear() throws {
        try? FileManager.default.removeItem(at: bench.url("cache"))
    }

    /// Starts a run and calls `strike` at a random moment of a stage, with what the cache held just before.
    ///
    /// From the state that is there if the stage is still to do in it, else from what stood before the stage; again if the
    /// run was done with `last` by then. One that ends well though it was not may have been about to; if that comes again and
    /// again, nothing struck it.
    /// - Parameter last: the last stage that the strike is to hurt.
    /// - Parameter strike: gives what undoes it when the process has ended.
    /// - Returns: the process, which has ended, and what the cache held.
    func strike(
        _ stage: Stage, hurting last: Stage = .report, _ random: inout SeededGenerator,
        _ strike: (Process) throws -> () throws -> Void
    ) throws -> (process: Process, before: StoreRows) {
        var unhurt = 0
        for attempt in 0..<50 {
            if attempt > 0 { try restore(before: stage) }
            let process = try bench.start(Self.arguments)
            while try !Self.hasBegun(stage, bench), !process.hasEnded { usleep(500) }
            usleep(UInt32(random.uniform() * (seconds[stage] ?? 0) * 1e6))
            let before = !process.hasEnded ? StoreRows(peekingAt: bench.url("cache/features.sqlite")) : StoreRows()
            let undo = !process.hasEnded ? try strike(process) : {}
            let wasDone = try process.hasEnded || isPast(last)
            process.waitUntilExit()
            try undo()
            if process.terminationReason == .uncaughtSignal || process.terminationStatus != 0 {
                return (process, before)
            }
            unhurt += wasDone ? 0 : 1
            if unhurt > 4 { throw Unhurt(stage: stage) }
        }
        throw TooFast(stage: stage)
    }

    /// Whether a run has told that a stage is done.
    private func isPast(_ stage: Stage) throws -> Bool {
        switch stage {
        case .embeddings: try Self.hasBegun(.heads, bench)
        case .heads: try Self.hasBegun(.report, bench)
        case .report: try bench.text("stderr.txt").contains("\nreport: reports/small/report.html\n")
        }
    }

    /// A stage that is always done before it can be broken into.
    struct TooFast: Error { let stage: Stage }

    /// A run that ends as if nothing had happened to it.
    struct Unhurt: Error { let stage: Stage }

    /// Runs to the end and checks that nothing but what was missing was computed, and that everything is as undisturbed.
    ///
    /// - Parameter kept: what the cache holds.
    func expectRecovery(keeping kept: StoreRows, _ trial: String) throws {
        #expect(rows.hold(kept), "\(trial): other rows than undisturbed")
        let rerun = try bench.timbre(Self.arguments)
        #expect(rerun.status == 0, "\(trial): \(rerun.errors)")
        expect(rerun.errors, tells: "embedded", rows.embeddings.count - kept.embeddings.count, "clip", trial)
        expect(rerun.errors, tells: "trained", rows.trainings.count - kept.trainings.count, "head", trial)
        #expect(try StoreRows(checking: bench.url("cache/features.sqlite")) == rows, "\(trial): other rows at the end")
        #expect(try bench.report("cache/heads/small") == heads, "\(trial): other heads")
        #expect(try bench.report() == report, "\(trial): another report")
        let left = try bench.names(in: "cache")
        // Claims on clips and heads are byte ranges of a file of their own, which stays.
        let right: Set = ["features.sqlite", "features.sqlite-claims", "heads"]
        #expect(right.isSuperset(of: left), "\(trial): leftovers, \(left)")
    }

    private func expect(_ errors: String, tells verb: String, _ count: Int, _ noun: String, _ trial: String) {
        let told = errors.contains("  \(verb) \(count) \(count == 1 ? noun : noun + "s") in ")
        #expect(count > 0 ? told : !errors.contains("  \(verb) "), "\(trial): \(count) \(noun)s missing, \(errors)")
    }

    /// The drafts that lie about.
    func drafts() -> [String] {
        let paths = FileManager.default.enumerator(atPath: bench.directory.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".partial") }
    }
}
