import Foundation
import TestSupport
import Testing

@Suite struct PredictTests {
    @Test(arguments: ["cache", "elsewhere"]) func everyClipOfAFoldHasTheProbabilitiesOfTheReport(cache: String) throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let heads = try bench.names(in: "cache/heads/small")
            #expect(heads.count == 8)
            let report = try bench.text("reports/small/predictions.csv").split(separator: "\n").map(Self.fields)
            for head in heads.sorted() {
                let cell = String(head.prefix(8))
                let fold = String(try #require(head.dropFirst(9).split(separator: ".").first))
                let rows = report.filter { $0[0] == cell && $0[1] == fold }
                #expect(rows.count == 16)
                let outcome = try bench.timbre(
                    ["predict", "--head", "cache/heads/small/\(head)", "--cache", cache, "--format", "csv"]
                        + rows.map { "corpus/\($0[2])" })
                #expect(outcome.status == 0, "\(outcome.errors)")
                let answers = outcome.output.split(separator: "\n").dropFirst().map(Self.fields)
                // File, predicted class and eight probabilities, digit by digit.
                #expect(answers.map { Array($0.prefix(10)) } == rows.map { ["corpus/\($0[2])"] + $0[5..<14] })
            }
        }
    }

    private static func fields(_ row: Substring) -> [String] {
        row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func aFolderAPatternAndStandardInputNameTheClips() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            let clip = Workbench.names[0].path
            let outcome = try bench.timbre(
                [
                    "predict", "--head", head, "--format", "csv", "corpus/Actor_02", "-",
                    "corpus/*/*-01-01-01-0[12].wav", "-",
                ],
                input: try Data(contentsOf: bench.url("corpus/\(clip)")))
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answers = outcome.output.split(separator: "\n").dropFirst().map(Self.fields)
            let folder = Workbench.names.filter { $0.actor == 2 }.map { "corpus/\($0.path)" }.sorted()
            let pattern = Workbench.names.filter { $0.actor <= 2 && $0.repetition == 1 }.map { "corpus/\($0.path)" }
            #expect(answers.map { $0[0] } == folder + ["-"] + pattern.sorted() + ["-"])
            let same = answers.filter { $0[0] == "-" || $0[0] == "corpus/\(clip)" }
            #expect(same.count == 3)
            #expect(Set(same.map { Array($0.dropFirst()) }).count == 1)
        }
    }

    @Test func theNamesAlsoStandInAnArchive() throws {
        try Workbench.use { bench in
            let clip = try Data(contentsOf: bench.url("corpus/\(Workbench.names[0].path)"))
            let outcome = try bench.timbre(
                ["embed", "--encoder", "encoder", "-o", "some.npz", "corpus/Actor_03", "-"], input: clip)
            #expect(outcome.output == "some.npz: 17 × 3 × 24\n", "\(outcome.errors)")
        }
    }

    @Test(arguments: [
        "predict --head HEAD empty", "predict --head HEAD empty/*.wav", "embed --encoder encoder -o x.npz empty",
    ])
    func aFolderOrPatternWithoutAudioIsMissingInput(command: String) throws {
        try Workbench.use { bench in
            try FileManager.default.createDirectory(at: bench.url("empty"), withIntermediateDirectories: true)
            try bench.write("no audio", to: "empty/note.txt")
            let head = command.contains("HEAD") ? try bench.trainedHead() : ""
            let outcome = try bench.timbre(command.replacing("HEAD", with: head).split(separator: " ").map(String.init))
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("there is no audio file"), "\(outcome.errors)")
        }
    }

    @Test func aPipedWAVWhoseWriterDidNotKnowTheLengthIsThatClip() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            var wav = WAVBytes([noise(9_000)], sampleRate: 22_050)
            try wav.data.write(to: bench.url("known.wav"))
            let known = try predict(bench, head, "known.wav", input: nil)
            for (whole, samples) in [(UInt32(0), 0), (0xFFFF_FFFF, 0xFFFF_FFFF), (0x7FFF_F024, 0x7FFF_F000)] {
                wav.declaredDataBytes = samples
                #expect(try predict(bench, head, "-", input: wav.data(declaring: whole)) == known)
            }
        }
    }

    @Test func otherFormatsComeThroughStandardInputToo() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            for name in ["noise.flac", "noise.ogg"] {
                let file = fixture("audio/\(name)")
                let known = try predict(bench, head, file.path, input: nil)
                #expect(try predict(bench, head, "-", input: Data(contentsOf: file)) == known)
            }
        }
    }

    @Test func emptyStandardInputIsNamed() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(["predict", "--head", try bench.trainedHead(), "-"], input: Data())
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("-: the audio file is empty"), "\(outcome.errors)")
        }
    }

    /// Probabilities and length.
    private func predict(_ bench: Workbench, _ head: String, _ name: String, input: Data?) throws -> [String] {
        let outcome = try bench.timbre(["predict", "--head", head, "--format", "csv", name], input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return Array(Self.fields(try #require(outcome.output.split(separator: "\n").last))[1...10])
    }

    @Test func aTableEndsInASummaryAndACachedClipTakesNoTime() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            try WAVBytes([noise(16_000)], sampleRate: 16_000).data.write(to: bench.url("new.wav"))
            let clip = "corpus/\(Workbench.names[0].path)"
            let outcome = try bench.timbre("predict", "--head", head, "new.wav", clip, "new.wav")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix("new.wav ") && !lines[0].hasSuffix("cached"))
            #expect(lines[0].contains("  1.00 s  "))
            #expect(lines[1].hasSuffix("cached") && lines[2].hasSuffix("cached"))
            #expect(
                outcome.errors.contains(
                    /3 clips, 2\.3 s of audio, 2 cached; computed in \d+\.\d\d s, real-time factor \d/),
                "\(outcome.errors)")
        }
    }

    @Test func timesAreNumbersInJSONAndNullForACachedClip() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            try WAVBytes([noise(16_000)], sampleRate: 16_000).data.write(to: bench.url("new.wav"))
            let arguments = ["predict", "--head", head, "--format", "json", "new.wav"]
            let fresh = try object(bench.timbre(arguments).output)
            #expect(fresh["seconds"] as? Double == 1)
            #expect(fresh["cached"] as? Bool == false)
            let seconds = try #require(fresh["compute_seconds"] as? Double)
            #expect(seconds > 0 && fresh["real_time_factor"] as? Double == seconds)
            let cached = try object(bench.timbre(arguments).output)
            #expect(cached["compute_seconds"] is NSNull && cached["real_time_factor"] is NSNull)
            #expect(cached["cached"] as? Bool == true)
        }
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func badFilesAreNamedAfterTheAnswersForTheOthers() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            try bench.write("no sound", to: "letter.wav")
            let outcome = try bench.timbre("predict", "--head", head, "letter.wav", "corpus/Actor_01")
            #expect(outcome.status == 65)
            #expect(outcome.output.split(separator: "\n").count == 16)
            #expect(outcome.errors.contains("1 of 17 files could not be used"), "\(outcome.errors)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func whatCannotBeReadInAFolderIsNamedAfterTheAnswers() throws {
        try Workbench.use { bench in
            let head = try bench.trainedHead()
            mkfifo(bench.url("corpus/Actor_01/a.wav").path, 0o600)
            try FileManager.default.createSymbolicLink(
                atPath: bench.url("corpus/Actor_01/new\nline.wav").path, withDestinationPath: "nowhere.wav")
            let outcome = try bench.timbre("predict", "--head", head, "corpus/Actor_01")
            #expect(outcome.status == 65)
            #expect(outcome.output.split(separator: "\n").count == 16)
            for text in [
                "2 of 18 files could not be used", "corpus/Actor_01/a.wav: not a regular file",
                "corpus/Actor_01/new\\nline.wav: cannot read the file: no such file",
            ] {
                #expect(outcome.errors.contains(text), "\(outcome.errors)")
            }
            let refused = try bench.timbre("embed", "--encoder", "encoder", "-o", "x.npz", "corpus/Actor_01")
            #expect(refused.status == 65)
            #expect(refused.errors.contains("2 of 18 files could not be used"), "\(refused.errors)")
        }
    }

    @Test func anUntrainedEncoderIsToldOnceAndOneSpeakerIsRefusedWithoutNeed() throws {
        try Workbench.use { bench in
            let arguments = ["predict", "--head", try bench.trainedHead(), "--format", "json", "corpus/Actor_01"]
            let outcome = try bench.timbre(arguments)
            #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
            #expect(outcome.errors.hasPrefix("note: \(arguments[2]) was trained on an encoder that is untrained: "))
            #expect(outcome.errors.components(separatedBy: "note: ").count == 2, "\(outcome.errors)")
            for extra in [[], ["--watch", "corpus"]] {
                let refused = try bench.timbre(arguments + ["--one-speaker"] + extra)
                #expect(refused.status == 64)
                #expect(refused.errors.contains("this head does not standardise by speaker"), "\(refused.errors)")
            }
        }
    }

    @Test func withoutAudioThereIsNothingToDo() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("predict", "--head", "head.safetensors")
            #expect(outcome.status == 64)
        }
    }

    @Test func jsonHasOneObjectALine() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let head = try #require(
                try bench.names(in: "cache/heads/small").first)
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
                try bench.names(in: "cache/heads/small").first)
            let clips = Workbench.names.prefix(4).map { "corpus/\($0.path)" }
            let refused = try bench.timbre(["predict", "--head", "cache/heads/small/\(head)"] + clips)
            #expect(refused.status == 64)
            #expect(refused.errors.contains("clips not said to be of one speaker"), "\(refused.errors)")
            let allowed = try bench.timbre(["predict", "--one-speaker", "--head", "cache/heads/small/\(head)"] + clips)
            #expect(allowed.status == 0, "\(allowed.errors)")
            #expect(allowed.output.split(separator: "\n").count == 4)
        }
    }

    @Test func oneSpeakerWithoutTwoUsableClipsIsAnError() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", "heads.standardize=speaker")
            let head = try #require(
                try bench.names(in: "cache/heads/small").first)
            try bench.write("no sound", to: "a.wav")
            try bench.write("no sound either", to: "b.wav")
            let arguments = ["predict", "--one-speaker", "--head", "cache/heads/small/\(head)", "a.wav"]
            #expect(try bench.timbre(arguments + ["b.wav"]).status == 65)
            let one = try bench.timbre(arguments + ["corpus/\(Workbench.names[0].path)"])
            #expect(one.status == 65)
            #expect(one.errors.contains("a.wav"), "\(one.errors)")
            #expect(one.output.isEmpty)
            let clip = "corpus/\(Workbench.names[0].path)"
            let single = try bench.timbre(Array(arguments.dropLast()) + [clip])
            #expect(single.status == 64)
            #expect(single.errors.contains("one clip only"), "\(single.errors)")
            let copies = try bench.timbre(Array(arguments.dropLast()) + [clip, clip])
            #expect(copies.status == 64)
            #expect(copies.errors.contains("2 files with the content of one clip"), "\(copies.errors)")
        }
    }

    @Test func anotherEncoderIsRefusedByAHead() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let head = try #require(
                try bench.names(in: "cache/heads/small").first)
            let settings = try bench.text("encoder/preprocessor_config.json")
            try bench.write(
                settings.replacing(/"do_normalize"\s*:\s*true/, with: "\"do_normalize\": false"),
                to: "encoder/preprocessor_config.json")
            let outcome = try bench.timbre(
                "predict", "--head", "cache/heads/small/\(head)", "corpus/\(Workbench.names[0].path)")
            #expect(outcome.status == 65, "\(outcome.errors)")
        }
    }
}
