import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a pipeline's embeddings, labels, folds, predictions and heads for other programs.",
        discussion: """
            The directory holds `embeddings.npz` (NumPy: embeddings, labels, folds, predictions with probabilities), \
            `clips.csv`, `folds.csv` and `predictions.csv` (the heads' own answers, before any merge in the report), and under `heads/` every saved head as .safetensors, which \
            PyTorch loads, with a model card in Markdown. Files of an earlier export are replaced, and heads of it that this \
            one does not write are removed from `heads/` with their cards; files that are not Timbre's stay.
            """)

    @OptionGroup var arguments: PipelineArguments

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The directory to write embeddings.npz, three .csv tables and heads/ into; made if need be.",
            valueName: "dir"))
    var output: String

    func run() throws {
        print(try arguments.open().export(to: URL(fileURLWithPath: output)))
    }
}
