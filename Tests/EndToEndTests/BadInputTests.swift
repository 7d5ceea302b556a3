import Foundation
import SpeechEmotion
import TestSupport
import Testing

@Suite struct BadInputTests {
    @Test func everyBadClipIsListedAtTheEndAndTheGoodOnesAreKept() throws {
        try Workbench.use { bench in
            let bad = try spoil(bench)
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            for clip in bad { #expect(outcome.errors.contains(clip), "\(clip) is not named in \(outcome.errors)") }
            let count = Workbench.names.count - bad.count
            #expect(try bench.timbre("cache", "stats").output.contains("\(count) embeddings"))
            #expect(!FileManager.default.fileExists(atPath: bench.url("reports/small/report.md").path))
        }
    }

    @Test func keepGoingTrainsWithoutBadClipsAndTheReportSaysSo() throws {
        try Workbench.use { bench in
            let bad = try spoil(bench)
            let outcome = try bench.timbre("run", "small.yaml", "--keep-going")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try bench.text("reports/small/report.md")
            for clip in bad { #expect(report.contains(clip)) }
            let rows = try bench.text("reports/small/predictions.csv").split(separator: "\n").count - 1
            #expect(rows == 2 * (Workbench.names.count - bad.count))
        }
    }

    /// Empty, cut short, no audio at all, silent, and under one frame.
    private func spoil(_ bench: Workbench) throws -> [String] {
        let clips = Workbench.names[10..<15].map(\.path)
        let files = clips.map { bench.url("corpus").appendingPathComponent($0) }
        try Data().write(to: files[0])
        try Data(contentsOf: files[1]).prefix(3000).write(to: files[1])
        try Data("this is a letter, not a sound".utf8).write(to: files[2])
        try WAVBytes([[Int16](repeating: 0, count: 8000)], sampleRate: 16_000).data.write(to: files[3])
        try WAVBytes.tone(seconds: 0.01, sampleRate: 16_000).data.write(to: files[4])
        return clips
    }

    @Test func aNameThatIsNotRavdesssStopsTheRun() throws {
        try Workbench.use { bench in
            let folder = bench.url("corpus/Actor_01")
            try FileManager.default.copyItem(
                at: folder.appendingPathComponent("03-01-01-01-01-01-01.wav"),
                to: folder.appendingPathComponent("holiday.wav"))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(
                outcome.errors.contains("Actor_01/holiday.wav: the name has 1 fields instead of 7"), "\(outcome.errors)"
            )
        }
    }

    @Test func aMissingClipIsNamedWhereTheCorpusShouldBeComplete() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--set", "clips.complete=true")
            #expect(outcome.status == 65)
            #expect(
                outcome.errors.contains("cannot use \(1440 - Workbench.names.count) clips"),
                "\(outcome.errors.prefix(500))")
            #expect(outcome.errors.contains("Actor_24/03-01-08-02-02-02-24.wav"))
        }
    }

    @Test func aSecondFileOfOneNameIsTooMuch() throws {
        try Workbench.use { bench in
            try FileManager.default.createDirectory(at: bench.url("corpus/copies"), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: bench.url("corpus/Actor_01/03-01-01-01-01-01-01.wav"),
                to: bench.url("corpus/copies/03-01-01-01-01-01-01.wav"))
            let outcome = try bench.timbre("run", "small.yaml", "--set", "clips.complete=true")
            #expect(
                outcome.errors.contains("copies/03-01-01-01-01-01-01.wav: a second file of this name"),
                "\(outcome.errors.prefix(500))")
        }
    }

    @Test func aCopyUnderAnotherActorsNameStopsTheRun() throws {
        try Workbench.use { bench in
            let copy = bench.url("corpus/Actor_02/03-01-04-01-01-01-02.wav")
            try FileManager.default.removeItem(at: copy)
            try FileManager.default.copyItem(at: bench.url("corpus/Actor_01/03-01-04-01-01-01-01.wav"), to: copy)
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("Actor_02/03-01-04-01-01-01-02.wav"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("reports/small/report.md").path))
        }
    }

    @Test func aRandomSplitIsRefusedUnlessTheStageFileAllowsIt() throws {
        try Workbench.use { bench in
            let split = [
                "--set", "heads.protocol=random-stratified", "--set", "heads.earlyStopping.validation={fraction: 0.2}",
            ]
            let refused = try bench.timbre(["run", "small.yaml"] + split)
            #expect(refused.status == 65)
            #expect(refused.errors.contains("allowSpeakerOverlap: true"), "\(refused.errors)")
            let allowed = try bench.timbre(
                ["run", "small.yaml"] + split + ["--set", "heads.allowSpeakerOverlap=true"])
            #expect(allowed.status == 0, "\(allowed.errors)")
            #expect(try bench.text("reports/small/report.md").lowercased().contains("speaker-dependent"))
        }
    }

    @Test func anUnknownKeyPointsAtItsPlaceAndTheNearestKey() throws {
        try Workbench.use { bench in
            try bench.write(Workbench.stageFile.replacing("standardize:", with: "standardise:"), to: "small.yaml")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("small.yaml:11:5"), "\(outcome.errors)")
            #expect(outcome.errors.contains("standardize"))
        }
    }

    @Test func clipsMisnamedAndUndecodableAreListedTogether() throws {
        try Workbench.use { bench in
            let bad = try spoil(bench)
            try FileManager.default.moveItem(
                at: bench.url("corpus/Actor_01/03-01-01-01-01-01-01.wav"), to: bench.url("corpus/Actor_01/holiday.wav"))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.errors.contains("cannot use \(bad.count + 1) clips"), "\(outcome.errors)")
            #expect(outcome.errors.contains("holiday.wav"))
            #expect(outcome.errors.contains(bad[0]))
        }
    }

    @Test func aClipOverAMinuteIsEmbeddedLikeAnyOther() throws {
        try Workbench.use { bench in
            try WAVBytes.tone(seconds: 61, sampleRate: 8000).data.write(
                to: bench.url("corpus").appendingPathComponent(Workbench.names[7].path))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("embedded \(Workbench.names.count) clips"))
        }
    }

    @Test(arguments: [
        ("heads.layer=3", "the encoder has no such layer"),
        ("heads.head=[{hidden: 16}, {hidden: 16, dropout: 0.3}]", "two points of the grid are the same"),
        ("heads.protocol=random-stratified", "allowSpeakerOverlap: true"),
    ])
    func whatCanBeKnownBeforehandIsToldBeforeAnythingIsEmbedded(change: String, message: String) throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--set", change)
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("embedded"))
        }
    }

    @Test func synthesizeNeverReplacesACorpusThatItDidNotMake() throws {
        try Workbench.use { bench in
            try bench.write(
                "name: demo\nstages:\n  inputs: {kind: synthesize, corpus: corpus, encoder: made}\n", to: "demo.yaml")
            let outcome = try bench.timbre("run", "demo.yaml")
            #expect(outcome.status == 73, "\(outcome.errors)")
            #expect(outcome.errors.contains("would replace what it did not make"))
            let clip = bench.url("corpus").appendingPathComponent(Workbench.names[0].path)
            #expect(FileManager.default.fileExists(atPath: clip.path))
        }
    }

    @Test func aSecondReportStageIsRefused() throws {
        try Workbench.use { bench in
            try bench.write(Workbench.stageFile + "  again: {kind: report, needs: heads}\n", to: "small.yaml")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("more than one stage of kind \"report\""), "\(outcome.errors)")
        }
    }

    @Test func aTruncatedCheckpointIsRefused() throws {
        try Workbench.use { bench in
            let weights = bench.url("encoder/model.safetensors")
            try Data(contentsOf: weights).dropLast(100).write(to: weights)
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("model.safetensors"), "\(outcome.errors)")
        }
    }

    static let faults: [(arguments: String, status: Int32)] = [
        ("run", 64), ("run small.yaml --jobs 0", 64), ("frobnicate", 64), ("run absent.yaml", 66),
        ("run small.yaml --set heads.epochs=many", 64), ("run small.yaml --force nothing", 64),
        ("run small.yaml --set clips.root=absent", 66), ("run small.yaml --set embeddings.encoder=absent", 66),
        ("embed --encoder encoder -o x.npz absent.wav", 66), ("predict --head absent.safetensors a.wav", 66),
        ("run small.yaml --cache small.yaml", 73),
    ]

    @Test(arguments: faults)
    func theExitCodeIsThatOfSysexits(arguments: String, status: Int32) throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(arguments.split(separator: " ").map(String.init))
            #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
            #expect(!outcome.errors.isEmpty)
        }
    }
}
