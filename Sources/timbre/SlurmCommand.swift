import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre slurm`.
struct SlurmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slurm",
        abstract: "Write a pipeline as jobs for Slurm: an array of shards, their merge, training and report.",
        discussion: """
            Writes embed.sbatch, merge.sbatch, run.sbatch and submit.sh, and with --train-array train.sbatch and \
            merge-heads.sbatch, into one folder with the shards and the logs. submit.sh sends each job to wait for the one \
            before it; --submit runs it. Written again, it leaves out shards that are finished. sbatch takes what else a cluster \
            asks for from the environment, such as SBATCH_ACCOUNT. The folders must be the same on every node.
            """)

    @OptionGroup var arguments: PipelineArguments

    @Option(help: ArgumentHelp("How many tasks embed.", valueName: "n"))
    var array: Int

    @Option(help: ArgumentHelp("How many tasks train; without it the last job trains.", valueName: "m"))
    var trainArray: Int?

    @Option(help: ArgumentHelp("Slurm's partition.", valueName: "p"))
    var partition: String?

    @Option(help: ArgumentHelp("How long a job may take, such as 2:00:00.", valueName: "t"))
    var time: String?

    @Option(help: ArgumentHelp("Processors of a task.", valueName: "c"))
    var cpusPerTask = 2

    @Option(help: ArgumentHelp("Memory of a task, such as 4G; by the encoder's size unless said.", valueName: "m"))
    var mem: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; CACHE/slurm/NAME unless said.", valueName: "dir"))
    var output: String?

    @Flag(help: "Leave out clips that cannot be used and heads that cannot be trained.")
    var keepGoing = false

    @Flag(help: "Send the jobs.")
    var submit = false

    func run() throws {
        let options = try SlurmOptions(
            array: array, trainArray: trainArray, partition: partition, time: time, processors: cpusPerTask, memory: mem
        )
        let experiment = try arguments.open(keepGoing: keepGoing)
        let places = try SlurmPlaces(
            pipeline: arguments.pipeline, name: experiment.name, overrides: arguments.overrides,
            cache: arguments.places.cache, reports: arguments.places.reports, output: output)
        let jobs = try SlurmJobs(of: experiment, places: places, options: options)
        try StandardOutput.line(jobs.write())
        if submit { try jobs.submit() }
    }
}
