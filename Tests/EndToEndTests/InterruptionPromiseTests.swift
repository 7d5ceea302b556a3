import Foundation
import GRDB
import TestSupport
import Testing

/// README: SIGINT and SIGTERM end any command within a second, with a summary; of `run` KillPromiseTests try every stage.
@Suite struct InterruptionPromiseTests {
    /// Commands and what keeps them at work: a clip of 15 GB that takes no room, training without end, a directory in which
    /// nothing appears, a million draws, a server that falls silent.
    private static func busy(head: String, cell: String) -> [String] {
        [
            "run big.yaml", "status big.yaml", "check big.yaml", "export big.yaml -o out", "cache prune big.yaml",
            "embed --encoder encoder -o x.npz big", "embed-shard big.yaml --shard 1/1 -o clips.sqlite",
            "train-shard big.yaml --shard 1/1 -o heads.sqlite", "slurm big.yaml --array 2", "cache verify",
            "predict --head \(head) big", "predict --head \(head) --watch corpus",
            "bench --part heads --runs 100000",
            "compare reports/small reports/small --second-cell \(cell) --draws 1000000", "fetch ravdess",
        ]
    }

    /// Commands with little to do, which wait for a database that another process keeps to itself.
    private static let waiting = ["cache stats", "cache merge clips.sqlite"]

    @Test func everyCommandEndsWhenItIsInterrupted() throws {
        try Workbench.use { bench in
            let busy = Self.busy(head: try bench.trainedHead(), cell: try bench.secondCell())
            try bench.makeEndlessClips()
            let server = try LocalServer { _, _ in LocalServer.Answer(200, length: 208_468_073).stalled(20) }
            defer { withExtendedLifetime(server) {} }
            var interruptions = Interruptions(bench: bench, environment: ["TIMBRE_RAVDESS_URL": server.url()])
            for command in busy { try interruptions.interrupt(command) }
            let database = try bench.cacheKeptToOneself()
            defer { withExtendedLifetime(database) {} }
            for command in Self.waiting { try interruptions.interrupt(command) }

            let commands = busy + Self.waiting
            let untried = try bench.commandNames().subtracting(commands.map(Workbench.commandName(of:)))
            #expect(untried.isEmpty)
            let slowest = interruptions.slowest
            #expect(slowest < (Trials.isFull ? 1 : 10))
            Trials.tell(
                "SIGINT, SIGTERM",
                "\(commands.count) commands at work, none of the program's left out: exit 130 or 143 with a summary, "
                    + "at most \(Int((slowest * 1000).rounded(.up))) ms later")
        }
    }
}

/// Commands that are interrupted one after the other, by either signal in turn.
private struct Interruptions {
    let bench: Workbench
    let environment: [String: String]
    private var count = 0
    /// Seconds that the slowest took to end.
    private(set) var slowest = 0.0

    /// A command that always ends before it can be interrupted.
    private struct TooFast: Error { let command: String }

    init(bench: Workbench, environment: [String: String]) {
        (self.bench, self.environment) = (bench, environment)
    }

    mutating func interrupt(_ command: String) throws {
        let (number, status) = count % 2 == 0 ? (SIGTERM, Int32(143)) : (SIGINT, Int32(130))
        count += 1
        let (outcome, seconds) = try interrupted(command, by: number)
        slowest = max(slowest, seconds)
        #expect(outcome.status == status, "\(command): \(outcome.errors)")
        // The summary of `predict` is that of its answers.
        let isSummedUp = outcome.errors.contains("interrupted: ") || outcome.errors.contains(" s of audio\n")
        #expect(isSummedUp, "\(command): \(outcome.errors)")
    }

    /// What came of a command that had not ended when the signal came, and after how many seconds; tried again where it had.
    private func interrupted(
        _ command: String, by number: Int32
    ) throws -> (outcome: Workbench.Outcome, seconds: Double) {
        for _ in 0..<10 {
            let process = try bench.start(
                command.split(separator: " ").map(String.init), environment: environment)
            waitForHandler(process)
            usleep(50_000)
            let start = Date()
            if !process.hasEnded { kill(process.processIdentifier, number) }
            let outcome = try bench.outcome(of: process)
            if outcome.status != 0 { return (outcome, -start.timeIntervalSinceNow) }
        }
        throw TooFast(command: command)
    }

    /// Waits until a program has taken over its signals, as the system tells.
    private func waitForHandler(_ process: Process) {
        while !process.hasEnded {
            let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            let line = status?.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
            let mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
            if mask & (1 << UInt64(SIGTERM - 1)) != 0 { return }
            usleep(1_000)
        }
    }
}

extension Workbench {
    /// Makes a corpus of one clip that takes long to read, and another such clip of one that the cache knows.
    fileprivate func makeEndlessClips() throws {
        let name = try #require(Self.names[0].path.split(separator: "/").last)
        try FileManager.default.createDirectory(at: url("big"), withIntermediateDirectories: true)
        try write("", to: "big/\(name)")
        for path in ["big/\(name)", "corpus/\(Self.names[0].path)"] {
            let clip = try FileHandle(forWritingTo: url(path))
            try clip.truncate(atOffset: 15 << 30)
            try clip.close()
        }
        try write(Self.stageFile.replacing("root: corpus", with: "root: big"), to: "big.yaml")
    }

    /// Opens the cache so that no other process can even read it.
    fileprivate func cacheKeptToOneself() throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        // Said before anything is read, it makes SQLite lock the whole file then, and keep the lock.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        return try DatabaseQueue(path: url("cache/features.sqlite").path, configuration: configuration)
    }
}
