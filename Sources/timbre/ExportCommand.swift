import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a pipeline's embeddings, labels, folds and predictions as .npz and .csv.")

    @OptionGroup var arguments: PipelineArguments

    @Option(name: .shortAndLong, help: ArgumentHelp("The directory to write into.", valueName: "dir"))
    var output: String

    func run() throws {
        print(try arguments.open().export(to: URL(fileURLWithPath: output)))
    }
}
