import Foundation
import Randomness
import TestSupport
import Testing
import Wav2Vec2

/// A pipeline that processes of a crowd run; some share an encoder or heads with others.
enum CrowdPipeline: String, CaseIterable {
    /// Two cells of four folds.
    case small
    /// The same heads under another name, which has files of its own.
    case twin
    /// One of the two cells.
    case half
    /// Other heads on the same embeddings.
    case reseeded
    /// Another encoder.
    case second

    var file: String { "\(rawValue).yaml" }

    var text: String {
        let named = Workbench.stageFile.replacing("name: small", with: "name: \(rawValue)")
        return switch self {
        case .small, .twin: named
        case .half: named.replacing("[none, train]", with: "train")
        case .reseeded: named.replacing("seed: 3", with: "seed: 4")
        case .second: named.replacing("encoder: encoder}", with: "encoder: second-encoder}")
        }
    }

    var encoder: String { self == .second ? "second-encoder" : "encoder" }

    /// What its heads are told apart by.
    var heads: [String] {
        let cells = self == .half ? ["train"] : ["none", "train"]
        return cells.flatMap { cell in (1...4).map { "\(encoder) \(self == .reseeded ? 4 : 3) \(cell) \($0)" } }
    }
}

/// Processes that run at once on one cache, drawn from a seed.
struct Crowd {
    /// One run of a pipeline.
    struct Member {
        let pipeline: CrowdPipeline
        /// Another report of the same results, in the same folder.
        let isGrey: Bool
        let jobs: Int
        /// Milliseconds until it starts, after the one before it.
        let delay: Int

        var arguments: [String] {
            ["run", pipeline.file, "--jobs", "\(jobs)"] + (isGrey ? ["--set", "report.palette=grey"] : [])
        }
    }

    let seed: UInt64
    let members: [Member]
    /// Commands that look at the cache, or prune it, while the others run.
    let onlookers: [[String]]

    init(seed: UInt64, size: Int? = nil) {
        var generator = SeededGenerator(seed: seed, purpose: "crowd")
        self.seed = seed
        // Together or one after the other.
        let stagger = generator.below(2) == 0 ? 1 : 150
        members = (0..<(size ?? 2 + generator.below(7))).map { _ in
            Member(
                pipeline: CrowdPipeline.allCases[generator.below(CrowdPipeline.allCases.count)],
                isGrey: generator.below(4) == 0, jobs: 1 + generator.below(3), delay: generator.below(stagger))
        }
        let all = CrowdPipeline.allCases.map(\.file)
        let commands = [["status", all[generator.below(all.count)]], ["cache", "verify", "--drop"]]
        onlookers = commands + (generator.below(2) == 0 ? [["cache", "prune"] + all] : [])
    }

    var pipelines: [CrowdPipeline] { CrowdPipeline.allCases.filter { members.map(\.pipeline).contains($0) } }
    /// How many clips and heads are to be made, each once.
    var clips: Int { Set(pipelines.map(\.encoder)).count * Workbench.names.count }
    var heads: Int { Set(pipelines.flatMap(\.heads)).count }
}

/// A moment in the work of a crowd's first member, at which that is killed.
struct CrowdKill {
    /// The stage that it has begun by then.
    let stage: BrokenRuns.Stage
    /// Microseconds since that was seen; a member takes longer for all its stages, but perhaps not for what is left of them.
    private let delay: UInt32

    /// Draws a moment, another one for each attempt.
    init(seed: UInt64, attempt: Int) {
        var generator = SeededGenerator(seed: seed, purpose: "crowd's kill, attempt \(attempt)")
        stage = BrokenRuns.Stage.allCases[generator.below(BrokenRuns.Stage.allCases.count)]
        delay = UInt32(generator.below(100_000))
    }

    /// Waits for the moment and kills a member that tells in a file how far it is; leaves one alone that has ended before.
    func strike(_ member: Int32, tellingIn file: URL) {
        while !hasBegun(file), !Process.hasEnded(member) { usleep(500) }
        usleep(delay)
        if !Process.hasEnded(member) { kill(member, SIGKILL) }
    }

    private func hasBegun(_ file: URL) -> Bool {
        (try? String(contentsOf: file, encoding: .utf8)).map(stage.hasBegun) ?? false
    }
}

/// What the processes of a crowd say that they have computed.
struct CrowdCounts: Equatable {
    var clips = 0
    var heads = 0

    /// Adds up what the processes' messages on standard error say.
    init(_ messages: [String]) {
        for text in messages {
            clips += Self.sum(of: /embedded (\d+) clip/, in: text)
            heads += Self.sum(of: /trained (\d+) head/, in: text)
        }
    }

    private static func sum(of pattern: Regex<(Substring, Substring)>, in text: String) -> Int {
        text.matches(of: pattern).reduce(0) { $0 + (Int($1.output.1) ?? 0) }
    }
}

extension Workbench {
    /// A workbench with every pipeline of crowds.
    static func useForCrowd<Result>(_ body: (Workbench) throws -> Result) throws -> Result {
        try use { bench in
            try UntrainedEncoder.write(to: bench.url("second-encoder"), seed: 2, configuration: tinyConfiguration)
            for pipeline in CrowdPipeline.allCases { try bench.write(pipeline.text, to: pipeline.file) }
            return try body(bench)
        }
    }

    /// Runs a crowd until the last of it has ended; the outcomes of its members, the killed one included, and of onlookers.
    func run(_ crowd: Crowd, killing moment: CrowdKill? = nil) throws -> (members: [Outcome], onlookers: [Outcome]) {
        let killing = DispatchGroup()
        let members = try crowd.members.enumerated().map { number, member in
            usleep(UInt32(member.delay) * 1000)
            let process = try start(member.arguments, named: "member-\(number)-")
            if number == 0, let moment {
                // The others may still be to start when it comes.
                let (identifier, file) = (process.processIdentifier, url("member-0-stderr.txt"))
                DispatchQueue.global().async(group: killing) { moment.strike(identifier, tellingIn: file) }
            }
            return process
        }
        // There is nothing to look on at before the first has made the database.
        let database = url("cache/features.sqlite")
        while !FileManager.default.fileExists(atPath: database.path), !members.allSatisfy(\.hasEnded) { usleep(1000) }
        let onlookers = try crowd.onlookers.enumerated().map { number, arguments in
            try start(arguments, named: "onlooker-\(number)-")
        }
        killing.wait()
        return (
            try members.enumerated().map { try outcome(of: $1, named: "member-\($0)-") },
            try onlookers.enumerated().map { try outcome(of: $1, named: "onlooker-\($0)-") }
        )
    }

    /// The report of a pipeline as one process alone writes it.
    func undisturbedReport(of pipeline: CrowdPipeline, isGrey: Bool) throws -> [String: Data] {
        let outcome = try timbre(
            ["run", pipeline.file, "--cache", "alone", "--reports", "undisturbed"]
                + (isGrey ? ["--set", "report.palette=grey"] : []))
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try report("undisturbed/\(pipeline.rawValue)")
    }
}
