import ArgumentParser
import SpeechEmotion

/// The command `timbre run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run what is stale in a pipeline and write its report.")

    @OptionGroup var arguments: PipelineArguments

    @OptionGroup var workers: Workers

    @Flag(help: "Print the plan and stop.")
    var dryRun = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Run this stage even if it is fresh; may be repeated.", valueName: "stage"))
    var force: [String] = []

    @Flag(help: "Leave out clips that cannot be used and cells that cannot be trained; the report says which.")
    var keepGoing = false

    func run() throws {
        let experiment = try arguments.open(jobs: workers.count, keepGoing: keepGoing)
        if dryRun {
            try StandardOutput.line(experiment.plan(forcing: force))
        } else {
            try StandardOutput.line(experiment.run(forcing: force))
        }
    }
}
