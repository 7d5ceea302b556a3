import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre embed-shard`.
struct EmbedShardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed-shard",
        abstract:
            "Embed a share of a pipeline's clips into a file of its own, without locks and without the shared cache.",
        discussion: """
            A clip belongs to share int(sha256[:16], 16) % N + 1, whatever else the corpus holds. What the cache has already is \
            left out of it. A rerun keeps what is in the file and does what is missing. `timbre cache merge` brings the files \
            together.
            """)

    @OptionGroup var arguments: ShardArguments

    func run() throws { try StandardOutput.line(arguments.open().embed()) }
}

/// The command `timbre train-shard`.
struct TrainShardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-shard",
        abstract: "Train a share of a pipeline's heads into a file of its own, from a cache that is only read.",
        discussion: """
            Heads are shared out by the key of their training: one fold of one cell. Those that are to be kept are saved under \
            heads/ in the cache's directory, each written whole; where that is not shared, the run after the merge trains them \
            again. The cache must hold all embeddings.
            """)

    @OptionGroup var arguments: ShardArguments

    func run() throws { try StandardOutput.line(arguments.open().train()) }
}

/// What both take.
struct ShardArguments: ParsableArguments {
    @OptionGroup var arguments: PipelineArguments

    @OptionGroup var workers: Workers

    @Option(help: ArgumentHelp("Which share of how many, such as 3/8.", valueName: "i/n"))
    var shard: Shard

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.sqlite"))
    var output: String

    @Flag(help: "Leave out clips that cannot be used and heads that cannot be trained.")
    var keepGoing = false

    func open() throws -> ShardWork {
        try ShardWork(
            shard, output: URL(fileURLWithPath: output), pipeline: URL(fileURLWithPath: arguments.pipeline),
            overrides: arguments.overrides, cache: URL(fileURLWithPath: arguments.places.cache),
            reports: URL(fileURLWithPath: arguments.places.reports),
            options: WorkOptions(jobs: workers.count, keepGoing: keepGoing))
    }
}

extension Shard: ExpressibleByArgument {
    /// Reads `I/N`.
    public init?(argument: String) { self.init(argument) }
}
