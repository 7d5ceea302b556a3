import Foundation
import SpeechEmotion
import Testing

private let ravdess = URL(fileURLWithPath: "\(#filePath)").deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("cache/corpora/ravdess")

private let ravdessIsPresent = FileManager.default.fileExists(atPath: ravdess.appendingPathComponent("Actor_24").path)

/// What holds of the real recordings; skipped where they are not under `cache/corpora/ravdess`.
@Suite(.enabled(if: ravdessIsPresent, "needs the real RAVDESS in cache/corpora/ravdess"))
struct RavdessTests {
    @Test func checkFindsTheStereoClipsAndTheRepeatedRecording() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "check", "small.yaml", "--set", "clips.root=\(ravdess.path)", "--set", "clips.complete=true")
            #expect(outcome.status == 0, "\(outcome.errors)")
            // `timbre fetch` promises the first line.
            #expect(
                outcome.output == """
                    clips     1440, 5329.0 s in all
                    speakers  24 (12 female, 12 male), each with 60 clips
                    classes   neutral 96, calm 192, happy 192, sad 192, angry 192, fearful 192, disgust 192, surprised 192
                    rates     48000 Hz 1440
                    channels  mono 1435, 2 channels 5
                    lengths   2.94 to 5.27 s, median 3.67 s
                    encoder   encoder: untrained: seeded random weights made by Timbre
                    duplicate Actor_07/03-01-03-01-02-01-07.wav = Actor_07/03-01-03-01-02-02-07.wav

                    """)
        }
    }

    @Test func theTinyEncoderEmbedsEveryClipAndTheSeedsSplitDoesNotLeak() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set", "clips.root=\(ravdess.path)", "--set", "clips.complete=true", "--set",
                "heads.protocol=random-stratified", "--set", "heads.allowSpeakerOverlap=true", "--set",
                "heads.earlyStopping.validation={fraction: 0.1}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("embedded 1439 clips"), "the repeated recording is embedded once")
            let rows = try bench.text("reports/small/predictions.csv").split(separator: "\n")
            let twins = rows.filter {
                $0.contains("03-01-03-01-02-01-07.wav") || $0.contains("03-01-03-01-02-02-07.wav")
            }
            #expect(twins.count == 0 || twins.count == 4, "copies are on one side")
        }
    }
}
