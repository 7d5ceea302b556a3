import Foundation
import Randomness
import SpeechEmotion
import TestSupport
import Testing
import Wav2Vec2

/// A fresh directory with a small corpus, a tiny encoder and a stage file, in which the built program is run as a user would.
struct Workbench {
    let directory: URL

    /// What a run of the program gave.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Makes a workbench, hands it over and removes it.
    static func use<Result>(clips: [RavdessName] = Workbench.names, _ body: (Workbench) throws -> Result) throws
        -> Result
    {
        try withTemporaryDirectory { directory in
            let bench = Workbench(directory: directory)
            try bench.writeCorpus(clips)
            try UntrainedEncoder.write(to: bench.url("encoder"), seed: 1, configuration: tinyConfiguration)
            try bench.write(stageFile, to: "small.yaml")
            return try body(bench)
        }
    }

    func url(_ path: String) -> URL { directory.appendingPathComponent(path) }

    func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: url(path)) }

    func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }

    /// Runs the program in the workbench's directory.
    @discardableResult
    func timbre(_ arguments: String...) throws -> Outcome { try timbre(arguments) }

    /// Runs the program in the workbench's directory; `input` goes into its standard input through a pipe.
    @discardableResult
    func timbre(_ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws -> Outcome {
        let pipe = input.map { _ in Pipe() }
        let process = try start(arguments, input: pipe?.fileHandleForReading ?? .nullDevice, environment: environment)
        if let input, let writer = pipe?.fileHandleForWriting {
            try writer.write(contentsOf: input)
            try writer.close()
        }
        return try outcome(of: process)
    }

    /// Waits for a program that was started under a name.
    func outcome(of process: Process, named name: String = "") throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: try text("\(name)stdout.txt"),
            errors: try text("\(name)stderr.txt"))
    }

    /// Runs the stage file and gives the path of the first head it saved.
    func trainedHead(_ changes: String...) throws -> String {
        try timbre(["run", "small.yaml"] + changes.flatMap { ["--set", $0] })
        return "cache/heads/small/\(try #require(try names(in: "cache/heads/small").first))"
    }

    /// Starts the program in the workbench's directory; what it prints goes to `stdout.txt` and `stderr.txt` there, after a
    /// name where several run at once.
    func start(
        _ arguments: [String], input: FileHandle = .nullDevice, program: URL = Workbench.program,
        named name: String = "", environment: [String: String] = [:]
    ) throws -> Process {
        _ = Self.signalsAreNotIgnored
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, errors) = (url("\(name)stdout.txt"), url("\(name)stderr.txt"))
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = input
        try process.run()
        return process
    }

    /// Waits until a running program has told a text; a minute is only for a machine that does much else.
    func wait(for text: String, in file: String, of process: Process) throws {
        let deadline = Date(timeIntervalSinceNow: 60)
        while try !self.text(file).contains(text) {
            guard process.isRunning, Date() < deadline else {
                if process.isRunning { process.terminate() }
                Issue.record("\"\(text)\" is not told in \(file): \(try self.text(file))")
                throw CancellationError()
            }
            usleep(20_000)
        }
    }

    /// Runs a shell script in the workbench's directory, to which the program is `$0`.
    func shell(_ script: String, environment: [String: String] = [:]) throws -> Outcome {
        let shell = URL(fileURLWithPath: "/bin/sh")
        return try outcome(of: start(["-c", script, Self.program.path], program: shell, environment: environment))
    }

    /// What is in a folder, hidden files included, sorted.
    func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url(folder).path).sorted()
    }

    /// Every file of a report folder by name.
    func report(_ folder: String = "reports/small") throws -> [String: Data] {
        Dictionary(
            uniqueKeysWithValues: try names(in: folder).map {
                ($0, try Data(contentsOf: url(folder).appendingPathComponent($0)))
            })
    }

    /// The built program stands beside the test runner.
    static let program: URL = {
        let runner =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("timbre")
    }()

    /// Whoever runs the tests may ignore signals that the program is to take, as a shell's background jobs do SIGINT.
    private static let signalsAreNotIgnored: Void = {
        for number in [SIGINT, SIGHUP] { signal(number, SIG_DFL) }
    }()

    func writeCorpus(_ clips: [RavdessName]) throws {
        for (index, clip) in clips.enumerated() {
            let file = url("corpus").appendingPathComponent(clip.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Self.sound(of: clip, seed: UInt64(index)).write(to: file)
        }
    }

    /// A noisy tone whose pitch tells the emotion.
    private static func sound(of clip: RavdessName, seed: UInt64) -> Data {
        var noise = SeededGenerator(seed: seed, purpose: "noise")
        let frequency = 100.0 * Double(clip.emotion) + 7 * Double(clip.actor)
        let samples = (0..<6000).map { frame in
            let tone = sin(2 * .pi * frequency * Double(frame) / 22_050)
            return Int16(8000 * tone + 1500 * noise.normalPair().0)
        }
        return WAVBytes([samples], sampleRate: 22_050).data
    }

    /// Four speakers, eight emotions, two repetitions.
    static let names = RavdessName.all.filter { $0.actor <= 4 && $0.intensity == 1 && $0.statement == 1 }

    /// All 24 speakers, eight emotions, two repetitions.
    static let everySpeaker = RavdessName.all.filter { $0.intensity == 1 && $0.statement == 1 }

    static var tinyConfiguration: EncoderConfiguration { .tiny }

    static let stageFile = """
        # Does the small corpus work?
        name: small
        stages:
          clips: {kind: corpus, layout: ravdess, root: corpus, complete: false}
          embeddings: {kind: embed, needs: clips, encoder: encoder}
          heads:
            kind: train
            needs: embeddings
            protocol: leave-one-speaker-out
            layer: 2
            standardize: [none, train]
            head: {hidden: 16, dropout: 0.1}
            optimizer: {kind: adamw, learningRate: 1e-2}
            batch: 8
            epochs: 4
            earlyStopping: {patience: 2, validation: {speakers: 1}}
            seed: 3
          report: {kind: report, needs: heads}

        """
}

extension Process {
    /// Whether the program has ended; `isRunning` tells only where the thread's run loop runs.
    var hasEnded: Bool { Process.hasEnded(processIdentifier) }

    /// Whether a program that this process has started has ended, by its number.
    static func hasEnded(_ identifier: Int32) -> Bool {
        var information = siginfo_t()
        let code = waitid(P_PID, id_t(identifier), &information, WEXITED | WNOHANG | WNOWAIT)
        return code != 0 || information.si_signo == SIGCHLD
    }
}
