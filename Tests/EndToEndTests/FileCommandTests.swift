import Checkpoints
import Foundation
import TestSupport
import Testing

@Suite struct FileCommandTests {
    @Test func predictAgreesWithTheReportForTheSameClipAndHead() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let heads = try FileManager.default.contentsOfDirectory(atPath: bench.url("cache/heads/small").path)
                .sorted()
            #expect(heads.count == 8)
            for head in heads {
                let cell = String(head.prefix(8))
                let fold = try #require(head.dropFirst(9).split(separator: ".").first)
                let row = try #require(
                    try bench.text("reports/small/predictions.csv").split(separator: "\n").first {
                        $0.hasPrefix("\(cell),\(fold),")
                    })
                let fields = row.split(separator: ",").map(String.init)
                let outcome = try bench.timbre(
                    "predict", "--head", "cache/heads/small/\(head)", "--format", "csv", "corpus/\(fields[2])")
                #expect(outcome.status == 0, "\(outcome.errors)")
                let answer = try #require(outcome.output.split(separator: "\n").last).split(separator: ",").map(
                    String.init)
                #expect(answer[1] == fields[5])
                for (told, reported) in zip(answer.dropFirst(2), fields.dropFirst(6)) {
                    let (told, reported) = (try #require(Double(told)), try #require(Double(reported)))
                    #expect(abs(told - reported) <= 1e-6)
                }
            }
        }
    }

    @Test func jsonHasOneObjectALine() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let head = try #require(
                try FileManager.default.contentsOfDirectory(atPath: bench.url("cache/heads/small").path).min())
            let clips = Workbench.names.prefix(3).map { "corpus/\($0.path)" }
            let outcome = try bench.timbre(
                ["predict", "--head", "cache/heads/small/\(head)", "--format", "json"] + clips)
            let objects = try outcome.output.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(objects.compactMap { $0["file"] as? String } == clips)
            let sums = objects.compactMap { ($0["probabilities"] as? [String: Double])?.values.reduce(0, +) }
            #expect(sums.count == 3)
            #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
        }
    }

    @Test func aHeadStandardisedBySpeakerNeedsSeveralClipsOfOne() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", "heads.standardize=speaker")
            #expect(try bench.text("reports/small/report.md").lowercased().contains("transductive"))
            let head = try #require(
                try FileManager.default.contentsOfDirectory(atPath: bench.url("cache/heads/small").path).min())
            let clips = Workbench.names.prefix(4).map { "corpus/\($0.path)" }
            let refused = try bench.timbre(["predict", "--head", "cache/heads/small/\(head)"] + clips)
            #expect(refused.status == 64)
            #expect(refused.errors.contains("--one-speaker"), "\(refused.errors)")
            let allowed = try bench.timbre(["predict", "--one-speaker", "--head", "cache/heads/small/\(head)"] + clips)
            #expect(allowed.status == 0, "\(allowed.errors)")
            #expect(allowed.output.split(separator: "\n").count == 4)
        }
    }

    @Test func oneSpeakerWithoutTwoUsableClipsIsAnError() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", "heads.standardize=speaker")
            let head = try #require(
                try FileManager.default.contentsOfDirectory(atPath: bench.url("cache/heads/small").path).min())
            try bench.write("no sound", to: "a.wav")
            try bench.write("no sound either", to: "b.wav")
            let arguments = ["predict", "--one-speaker", "--head", "cache/heads/small/\(head)", "a.wav"]
            #expect(try bench.timbre(arguments + ["b.wav"]).status == 65)
            let one = try bench.timbre(arguments + ["corpus/\(Workbench.names[0].path)"])
            #expect(one.status == 65)
            #expect(one.errors.contains("a.wav"), "\(one.errors)")
            #expect(one.output.isEmpty)
        }
    }

    @Test func anotherEncoderIsRefusedByAHead() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let head = try #require(
                try FileManager.default.contentsOfDirectory(atPath: bench.url("cache/heads/small").path).min())
            let settings = try bench.text("encoder/preprocessor_config.json")
            try bench.write(
                settings.replacing(/"do_normalize"\s*:\s*true/, with: "\"do_normalize\": false"),
                to: "encoder/preprocessor_config.json")
            let outcome = try bench.timbre(
                "predict", "--head", "cache/heads/small/\(head)", "corpus/\(Workbench.names[0].path)")
            #expect(outcome.status == 65, "\(outcome.errors)")
        }
    }

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
            #expect(folds.count == 1 + 2 * 4 * Workbench.names.count)
            #expect(try bench.text("out/predictions.csv") == bench.text("reports/small/predictions.csv"))
        }
    }

    @Test func checkNamesTheClipsThatARunWouldRefuse() throws {
        try Workbench.use { bench in
            let clips = Workbench.names[20..<24].map { bench.url("corpus").appendingPathComponent($0.path) }
            try WAVBytes([[Int16](repeating: 0, count: 8000)], sampleRate: 16_000).data.write(to: clips[0])
            try WAVBytes.tone(seconds: 0.01, sampleRate: 16_000).data.write(to: clips[1])
            try WAVBytes.tone(seconds: 61, sampleRate: 8000).data.write(to: clips[2])
            try Data("no sound".utf8).write(to: clips[3])
            let outcome = try bench.timbre("check", "small.yaml")
            #expect(outcome.status == 65)
            for (clip, reason) in zip(clips, ["silent", "too short", "too long", "cannot decode"]) {
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
            #expect(outcome.output.contains("speakers  4, each with 16 clips"), "\(outcome.output)")
        }
    }
}
