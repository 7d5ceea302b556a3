import ArgumentParser
import Diagnosis
import Foundation
import SpeechEmotion

/// The command `timbre predict`.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Classify audio files with a trained head and the encoder that it names.",
        discussion: """
            \(AudioFiles.discussion)

            Every answer has the audio's length, the time from decoding it to the probabilities, and that time divided by \
            that length, the real-time factor: below 1 is faster than the audio plays. A clip that the cache holds takes \
            no time. Answers come in the order of the files, each as soon as those before it are there.

            With --watch, clips are classified as they appear in a directory, at any depth, or are replaced there, until \
            the program is interrupted. Clips that are there when it starts are left alone: name the directory as AUDIO \
            too to have those first. A clip that cannot be used is told and tried again when it changes.
            """)

    @Option(help: ArgumentHelp("The head's file, as `timbre run` saves it.", valueName: "file.safetensors"))
    var head: String

    @Option(help: ArgumentHelp("The encoder's directory, if it is not where the head says.", valueName: "dir"))
    var encoder: String?

    @Option(help: "table, json (one object a line) or csv.")
    var format = PredictionFormat.table

    @Flag(help: "All files are of one speaker, whose mean and deviation standardise them.")
    var oneSpeaker = false

    @Option(help: ArgumentHelp("Classify what appears in this directory, until interrupted.", valueName: "dir"))
    var watch: String?

    @OptionGroup var workers: Workers

    @OptionGroup var places: Places

    @Argument(help: AudioFiles.help, completion: .file())
    var audio: [String] = []

    func validate() throws {
        guard !audio.isEmpty || watch != nil else { throw ValidationError("Missing expected argument '<audio> ...'") }
    }

    func run() throws {
        let options = WorkOptions(jobs: workers.count)
        let predictor = try Predictor(
            head: URL(fileURLWithPath: head), encoder: encoder.map { URL(fileURLWithPath: $0) },
            project: places.project())
        if watch != nil { try predictor.checkWatching() }
        try predictor.checkSpeakers(areOne: oneSpeaker)
        if let remark = predictor.remark { options.console.line(remark) }
        if let caution = predictor.caution { options.console.line(caution) }
        guard let watch else {
            let audio = try AudioArguments(audio)
            let writer = try PredictionWriter(format, classes: predictor.classes, console: options.console)
            defer { writer.closeTable() }
            Interruption.conclude { writer.close() }
            return try predictor.predict(audio, writer: writer, options: options)
        }
        try predict(with: predictor, watching: watch, options: options)
    }

    private func predict(with predictor: Predictor, watching directory: String, options: WorkOptions) throws {
        let watch = try DirectoryWatch(directory)
        let writer = try PredictionWriter(format, classes: predictor.classes, console: options.console)
        Interruption.conclude { writer.close() }
        do {
            try predictor.predict(AudioArguments(audio), writer: writer, options: options)
        } catch let error as any DiagnosableError {
            options.console.line("timbre: \(error.diagnosis)")
        }
        options.console.line("watching \(watch.directory); \(watch.summary)")
        try predictor.predict(watch, writer: writer, options: options)
    }
}

extension PredictionFormat: ExpressibleByArgument {}
