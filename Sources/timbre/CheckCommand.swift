import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look the corpus over before any compute: counts, labels, duplicates, rates, silence, clipping.",
        discussion:
            """
            Exits with 65 when a clip cannot be used, or when one recording stands under two speakers or labels. Other \
            duplicates and clipping are remarks.
            """)

    @OptionGroup var arguments: PipelineArguments

    func run() throws {
        let check = try arguments.open().check()
        try StandardOutput.line(check.text)
        try check.throwIfUnusable()
    }
}
