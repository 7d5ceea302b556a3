import ArgumentParser
import SpeechEmotion

/// The command `timbre status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say of each stage whether it is fresh or stale and why, and how many clips are cached.")

    @OptionGroup var arguments: PipelineArguments

    func run() throws {
        try StandardOutput.line(arguments.open().plan(forcing: []))
    }
}
