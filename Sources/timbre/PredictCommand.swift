import ArgumentParser
import Foundation
import SpeechEmotion

/// The command `timbre predict`.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Classify audio files with a trained head and the encoder that it names.")

    @Option(help: ArgumentHelp("The head's file, as `timbre run` saves it.", valueName: "file.safetensors"))
    var head: String

    @Option(help: ArgumentHelp("The encoder's directory, if it is not where the head says.", valueName: "dir"))
    var encoder: String?

    @Option(help: "table, json (one object a line) or csv.")
    var format = PredictionFormat.table

    @Flag(help: "All files are of one speaker, whose mean and deviation standardise them.")
    var oneSpeaker = false

    @OptionGroup var workers: Workers

    @OptionGroup var places: Places

    @Argument(help: ArgumentHelp("Audio files.", valueName: "audio"), completion: .file())
    var audio: [String]

    func run() throws {
        let predictor = try Predictor(
            head: URL(fileURLWithPath: head), encoder: encoder.map { URL(fileURLWithPath: $0) },
            project: places.project())
        let predictions = try predictor.predict(
            audio.map { URL(fileURLWithPath: $0) }, named: audio, asOneSpeaker: oneSpeaker,
            options: WorkOptions(jobs: workers.count))
        print(format.render(predictions), terminator: "")
        try predictions.throwIfIncomplete()
    }
}

extension PredictionFormat: ExpressibleByArgument {}
