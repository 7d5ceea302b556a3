import Synchronization
import Testing

@testable import SpeechEmotion

@Suite struct PredictionWriterTests {
    private final class Texts: Sendable {
        let output = Mutex("")
        let errors = Mutex("")

        func writer(_ format: PredictionFormat) throws -> PredictionWriter {
            let console = Console(isLive: false) { text in self.errors.withLock { $0 += text } }
            return try PredictionWriter(format, classes: ["calm", "angry"], console: console) { text in
                self.output.withLock { $0 += text }
            }
        }
        var written: String { output.withLock { $0 } }
        var told: String { errors.withLock { $0 } }
    }

    private func prediction(_ file: String, _ computeSeconds: Double?) -> Prediction {
        Prediction(file: file, probabilities: [1, 0], seconds: 4, computeSeconds: computeSeconds)
    }

    @Test func aTableHasRoomForTheNamesThatCome() throws {
        let texts = Texts()
        let writer = try texts.writer(.table)
        writer.makeRoom(forNames: ["a.wav", "long.wav"])
        try writer.write(prediction("a.wav", nil))
        #expect(texts.written == "a.wav     calm   1.000  angry  0.000  4.00 s  cached\n")
    }

    @Test func theHeaderOfACSVStandsThereBeforeAnything() throws {
        let texts = Texts()
        _ = try texts.writer(.csv)
        #expect(texts.written.hasPrefix("file,predicted,p_calm"))
    }

    @Test func theSummaryCountsWhatWasComputed() throws {
        let texts = Texts()
        let writer = try texts.writer(.table)
        try writer.write(prediction("a.wav", 0.5))
        try writer.write(prediction("b.wav", nil))
        try writer.write(prediction("c.wav", 1.5))
        writer.closeTable()
        #expect(
            texts.told == "3 clips, 12.0 s of audio, 1 cached; computed in 2.00 s, real-time factor 0.250\n")
    }

    @Test func whatWasAllCachedHasNoFactor() throws {
        let texts = Texts()
        let writer = try texts.writer(.table)
        try writer.write(prediction("a.wav", nil))
        writer.closeTable()
        #expect(texts.told == "1 clip, 4.0 s of audio, all cached\n")
    }

    @Test func otherFormatsAreNotSummedUpUnlessAsked() throws {
        let texts = Texts()
        let writer = try texts.writer(.json)
        writer.closeTable()
        #expect(texts.told == "")
        writer.close()
        #expect(texts.told == "0 clips, 0.0 s of audio\n")
    }

    @Test func nothingIsWrittenAfterTheSummary() throws {
        let texts = Texts()
        let writer = try texts.writer(.json)
        writer.close()
        try writer.write(prediction("a.wav", nil))
        #expect(texts.written == "")
    }
}
