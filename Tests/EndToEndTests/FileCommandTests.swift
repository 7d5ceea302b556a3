import Checkpoints
import Foundation
import TestSupport
import Testing

@Suite struct FileCommandTests {
    @Test func embedWritesAnArchiveAndBadFilesAreNamed() throws {
        try Workbench.use { bench in
            let clips = Workbench.names.prefix(2).map { "corpus/\($0.path)" }
            let outcome = try bench.timbre(
                ["embed", "--encoder", "encoder", "--layers", "0,2", "-o", "two.npz"] + clips)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == "two.npz: 2 × 2 × 24\n")
            try bench.write("no sound", to: "letter.wav")
            let refused = try bench.timbre(["embed", "--encoder", "encoder", "-o", "three.npz", "letter.wav"] + clips)
            #expect(refused.status == 65)
            #expect(refused.errors.contains("letter.wav"), "\(refused.errors)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("three.npz").path))
        }
    }

    @Test(arguments: ["3", "last,0", "", "-1"]) func aLayerThatIsNotThereIsAUsageError(layers: String) throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "embed", "--encoder", "encoder", "--layers=\(layers)", "-o", "x.npz",
                "corpus/\(Workbench.names[0].path)")
            #expect(outcome.status == 64, "\(outcome.errors)")
        }
    }

    @Test func exportHoldsEveryClipAndPart() throws {
        try Workbench.use { bench in
            #expect(try bench.timbre("export", "small.yaml", "-o", "out").status == 66)
            try bench.timbre("run", "small.yaml")
            let outcome = try bench.timbre("export", "small.yaml", "-o", "out")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let clips = try bench.text("out/clips.csv").split(separator: "\n")
            #expect(clips.count == 1 + Workbench.names.count)
            let folds = try bench.text("out/folds.csv").split(separator: "\n")
            #expect(folds.count == 1 + 4 * Workbench.names.count)
            let cells = try bench.text("out/predictions.csv").split(separator: "\n").dropFirst()
                .map { $0.split(separator: ",")[0] }
            #expect(Set(cells).count == 2)
            #expect(
                Set(folds.dropFirst().map { $0.split(separator: ",")[0] }) == [cells[0]], "one division, its first cell"
            )
            #expect(try bench.text("out/predictions.csv") == bench.text("reports/small/predictions.csv"))
        }
    }

    @Test func checkNamesTheClipsThatARunWouldRefuse() throws {
        try Workbench.use { bench in
            let clips = Workbench.names[20..<24].map { bench.url("corpus").appendingPathComponent($0.path) }
            try WAVBytes([[Int16](repeating: 0, count: 8000)], sampleRate: 16_000).data.write(to: clips[0])
            try WAVBytes.tone(seconds: 0.01, sampleRate: 16_000).data.write(to: clips[1])
            try Data().write(to: clips[2])
            try Data("no sound".utf8).write(to: clips[3])
            let outcome = try bench.timbre("check", "small.yaml")
            #expect(outcome.status == 65)
            for (clip, reason) in zip(clips, ["silent", "too short", "empty", "cannot decode"]) {
                let line = outcome.errors.split(separator: "\n").first { $0.contains(clip.lastPathComponent) }
                #expect(line?.contains(reason) == true, "\(outcome.errors)")
            }
        }
    }

    @Test func checkCountsWhatTheCorpusHolds() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("check", "small.yaml")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("rates     22050 Hz \(Workbench.names.count)"), "\(outcome.output)")
            #expect(outcome.output.contains("speakers  4 (2 female, 2 male), each with 16 clips"), "\(outcome.output)")
            #expect(
                outcome.output.contains("\nencoder   encoder: untrained: seeded random weights"), "\(outcome.output)")
            let absent = try bench.timbre("check", "small.yaml", "--set", "embeddings.encoder=absent")
            #expect(absent.status == 0 && absent.output.contains("\nencoder   absent is not there"), "\(absent)")
        }
    }
}
