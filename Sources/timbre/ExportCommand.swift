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

            `folds.csv` lists the folds of each division of the corpus once, under the first cell that uses it. Another \
            cell's stand under the first cell with the same number in `cell_divisions` of `embeddings.npz`; \
            `folds_sha256` in the report's cells.csv is the same for cells that test the same clips in every fold, \
            whatever they hold out for validation.
            """)

    @OptionGroup var arguments: PipelineArguments

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The directory to write embeddings.npz, three .csv tables and heads/ into; made if need be.",
            valueName: "dir"))
    var output: String

    func run() throws {
        try StandardOutput.line(arguments.open().export(to: URL(fileURLWithPath: output)))
    }
}
