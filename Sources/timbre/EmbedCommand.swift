import ArgumentParser
import Foundation
import Kernels
import SpeechEmotion

extension Precision: ExpressibleByArgument {}

/// The command `timbre embed`.
struct EmbedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Embed audio files and write the pooled hidden states as NumPy's .npz.",
        discussion: """
            The archive holds `embeddings` float32 (clips, layers, hidden), `layers` int64 and `files` unicode. Layer 0 is \
            the transformer's input, the last layer the encoder's output.

            \(AudioFiles.discussion)
            """)

    @Option(help: ArgumentHelp("The encoder's directory.", valueName: "dir"))
    var encoder: String

    @Option(help: ArgumentHelp("all, last, or a list such as 0,6,12.", valueName: "list"))
    var layers = "all"

    @Option(help: "float32, or bfloat16 where the processor has AVX512-BF16.")
    var precision = Precision.float32

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.npz"))
    var output: String

    @OptionGroup var workers: Workers

    @OptionGroup var places: Places

    @Argument(help: AudioFiles.help, completion: .file())
    var audio: [String]

    func run() throws {
        let summary = try embedFiles(
            AudioArguments(audio), encoder: URL(fileURLWithPath: encoder), precision: precision,
            layers: LayerSelection(parsing: layers),
            output: URL(fileURLWithPath: output), project: places.project(), options: WorkOptions(jobs: workers.count))
        try StandardOutput.line(summary)
    }
}
