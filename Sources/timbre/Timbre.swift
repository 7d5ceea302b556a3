import ArgumentParser
import Diagnosis
import Foundation
import Kernels
import SpeechEmotion

/// The program: flags in, a command of `SpeechEmotion` called, errors turned into words and exit codes.
struct Timbre: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timbre",
        abstract: "Turns a folder of emotional speech into honest numbers.",
        discussion: """
            A stage file (pipelines/*.yaml) says what to do: find the corpus, embed every clip once with a frozen wav2vec \
            2.0 encoder, train heads from the cached embeddings, report. Progress goes to standard error, results to \
            standard output; exit codes are those of sysexits.h.
            """,
        version: "timbre \(timbreVersion)",
        subcommands: [
            RunCommand.self, StatusCommand.self, CheckCommand.self, EmbedCommand.self, PredictCommand.self,
            CompareCommand.self, ExportCommand.self, CacheCommand.self, EmbedShardCommand.self, TrainShardCommand.self,
            SlurmCommand.self, BenchCommand.self, FetchCommand.self,
        ])
}

@main
enum Entry {
    static func main() {
        Interruption.conclude { Console.standardError.interrupt(commandLine) }
        Interruption.arm()
        let status = run()
        Interruption.waitIfUnderWay()
        // Nothing is released by a call that does not return: what the command and its error held is gone by now.
        exit(status)
    }

    /// Runs the command and gives the exit code.
    @inline(never)
    private static func run() -> Int32 {
        do {
            try runOrHelp()
            return 0
        } catch let error as any DiagnosableError {
            return fail(error.diagnosis)
        } catch let error as CocoaError {
            return fail(Diagnosis("cannot read or write a file", found: error.localizedDescription, exit: .inputOutput))
        } catch {
            guard Timbre.exitCode(for: error) == .failure else { return answer(error) }
            return fail(Diagnosis("something unforeseen went wrong", found: "\(error)", exit: .internalFault))
        }
    }

    private static func runOrHelp() throws {
        do {
            var command = try Timbre.parseAsRoot()
            try checkInstructionSet()
            try command.run()
        } catch {
            guard Timbre.exitCode(for: error) == .success else { throw error }
            try StandardOutput.line(Timbre.fullMessage(for: error))
        }
    }

    /// Throws where the environment asks for instructions that there are not.
    private static func checkInstructionSet() throws {
        do {
            _ = try InstructionSet.chosen(by: ProcessInfo.processInfo.environment)
        } catch let error as InstructionSetError {
            let available = InstructionSet.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
            throw Diagnosis(
                "cannot use the instructions that the environment asks for", place: InstructionSet.variable,
                found: error.words, expected: "one of: \(available)", remedy: "unset \(InstructionSet.variable)",
                exit: .usage)
        }
    }

    /// The program's and the command's name.
    private static var commandLine: String {
        let words = CommandLine.arguments.dropFirst()
        return (["timbre"] + words.prefix(["cache", "fetch"].contains(words.first) ? 2 : 1)).joined(separator: " ")
    }

    /// Says what is wrong with the command line; the parser repeats the arguments in it.
    private static func answer(_ error: any Error) -> Int32 {
        StandardError.write(Diagnosis.printable(Timbre.fullMessage(for: error)) + "\n")
        return Timbre.exitCode(for: error).rawValue
    }

    private static func fail(_ diagnosis: Diagnosis) -> Int32 {
        Interruption.waitIfUnderWay()
        StandardError.write("timbre: \(diagnosis.description)\n")
        return diagnosis.exit.rawValue
    }
}

/// Where a run keeps what can be made again and what it reports.
struct Places: ParsableArguments {
    @Option(help: ArgumentHelp("Where embeddings, heads and corpora are kept.", valueName: "dir"))
    var cache = "cache"

    @Option(help: ArgumentHelp("Where report folders are written.", valueName: "dir"))
    var reports = "reports"

    func project(readOnly: Bool = false, claimsUse: Bool = true) throws -> Project {
        try Project(
            cache: URL(fileURLWithPath: cache), reports: URL(fileURLWithPath: reports), readOnly: readOnly,
            claimsUse: claimsUse)
    }
}

/// A stage file and changes to it, as several commands take them.
struct PipelineArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The stage file.", valueName: "pipeline.yaml"), completion: .file(extensions: ["yaml"]))
    var pipeline: String

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Change a parameter, such as heads.epochs=3; may be repeated.", valueName: "path=value"))
    var overrides: [String] = []

    @OptionGroup var places: Places

    func open(jobs: Int = Workers.usual, keepGoing: Bool = false, console: Console = .standardError) throws
        -> Experiment
    {
        try Experiment(
            file: URL(fileURLWithPath: pipeline), overrides: overrides, project: places.project(),
            options: WorkOptions(jobs: jobs, keepGoing: keepGoing, console: console))
    }
}

/// How many workers embed and train.
struct Workers: ParsableArguments {
    /// One a core.
    static let usual = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: ArgumentHelp("Workers, 1 to 1024; one a core unless said.", valueName: "n"))
    var jobs: Int?

    var count: Int { jobs ?? Self.usual }

    func validate() throws {
        guard (1...1024).contains(count) else { throw ValidationError("--jobs needs a number from 1 to 1024") }
    }
}
