import Foundation
import SpeechEmotion
import Testing
import Wav2Vec2

/// Grids run as a user would: every protocol and feature, choices, one's own folds, kills.
@Suite struct SweepTests {
    @Test func everyProtocolGivesAReportThatNamesItAndItsFolds() throws {
        try Workbench.use(clips: Workbench.everySpeaker) { bench in
            let names = [
                "emobox-6fold", "leave-one-speaker-out", "speaker-kfold", "pepino-23-24", "random-stratified",
                "random-kfold",
            ]
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set", "heads.protocol=[\(names.joined(separator: ", "))]", "--set",
                "heads.allowSpeakerOverlap=true", "--set", "heads.standardize=train", "--set", "heads.split.k=3")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("trained 38 heads"), "\(outcome.errors)")
            let rows = try table(bench, "cells.csv")
            #expect(rows.filter { $0["control"] == "false" }.map { $0["protocol"] } == names)
            #expect(
                rows.filter { $0["control"] == "false" }.map { $0["speaker_independent"] }
                    == ["true", "true", "true", "true", "false", "false"])
            #expect(Set(rows.compactMap { $0["folds_sha256"] }).count == names.count)
            let report = try bench.text("reports/small/report.md")
            for name in names { #expect(report.contains("### `\(name)`, speaker-")) }
            #expect(report.contains("**Speaker-dependent** in"))
        }
    }

    @Test func aLeakySplitBesideAFairOneShowsTheGap() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set", "heads.protocol=[random-kfold, speaker-kfold]", "--set",
                "heads.split.k=4",
                "--set", "heads.allowSpeakerOverlap=true", "--set", "heads.standardize=train", "--set",
                "heads.seed=[0, 1]")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let gap = try #require(try table(bench, "leak_gap.csv").first)
            #expect(gap["speaker"] == "all")
            #expect(gap["seeds"] == "0 1")
            let values = ["dependent", "independent", "gap", "low", "high"].compactMap { gap[$0].flatMap(Double.init) }
            #expect(values.count == 5)
            #expect(abs(values[0] - values[1] - values[2]) <= 1e-12)
            #expect(values[3] <= values[2] && values[2] <= values[4])
            #expect(try table(bench, "leak_gap.csv").count { $0["speaker"] != "all" } == 4)
        }
    }

    @Test func everyWayToUseTheLayersTrainsAndPredictsAsItReported() throws {
        try Workbench.use { bench in
            let layers = "[2, {concatenate: all}, {average: [0, 2]}, {weightedSum: all}]"
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set", "heads.layer=\(layers)", "--set", "heads.standardize=[none, train]")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let weights = try table(bench, "layer_weights.csv")
            #expect(weights.count == 2 * 4 * 3)
            let sums = Dictionary(grouping: weights) { "\($0["cell"] ?? "") \($0["fold"] ?? "")" }.mapValues { rows in
                rows.compactMap { $0["weight"].flatMap(Double.init) }.reduce(0, +)
            }
            #expect(sums.values.allSatisfy { abs($0 - 1) <= 1e-6 })
            let predictions = try table(bench, "predictions.csv")
            for cell in try table(bench, "cells.csv") where cell["control"] == "false" {
                let row = try #require(predictions.first { $0["cell"] == cell["cell"] })
                try expectTheSamePrediction(row, bench)
            }
        }
    }

    /// What the saved head says of a clip is what the report says of it.
    private func expectTheSamePrediction(_ row: [String: String], _ bench: Workbench) throws {
        let head = "cache/heads/small/\(row["cell"] ?? "")-\(row["fold"] ?? "").safetensors"
        let clip = "corpus/\(row["clip"] ?? "")"
        let outcome = try bench.timbre("predict", "--head", head, "--format", "csv", clip)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        let predicted = Dictionary(zip(lines[0], lines[1])) { first, _ in first }
        for (name, value) in row where name.hasPrefix("p_") {
            let (told, reported) = (try #require(predicted[name].flatMap(Double.init)), try #require(Double(value)))
            #expect(abs(told - reported) <= 1e-6, "\(head) \(name)")
        }
    }

    @Test func labelsAreRemappedAtTrainingAndTheCacheStays() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set",
                "heads.labels=[ravdess-8, {merge: {calm: neutral}}, {keep: [happy, sad, angry]}]")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.errors.contains("embedded"))
            #expect(outcome.errors.contains("trained 16 heads"), "\(outcome.errors)")
            let predictions = try table(bench, "predictions.csv")
            let byCell = Dictionary(grouping: predictions) { $0["cell"] ?? "" }.mapValues { rows in
                Set(rows.compactMap { $0["label"] }).count
            }
            #expect(byCell.values.sorted() == [3, 3, 7, 7, 8, 8])
        }
    }

    @Test func aChoiceOnValidationClipsStandsBesideTheBestOnTest() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "run", "small.yaml", "--set", "heads.layer=[0, 1, 2]", "--set", "heads.standardize=train", "--set",
                "report.select={by: uaValidation, over: [layer]}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try bench.text("reports/small/report.md")
            #expect(
                report.contains(
                    "This is what was chosen on validation clips, fold by fold, among 3 cells, with training seed 3."))
            #expect(report.contains("best on test (optimistic)"))
            let chosen = try table(bench, "selection.csv")
            #expect(chosen.count == 4)
            let metrics = try table(bench, "metrics.csv")
            for row in chosen {
                let same = metrics.first {
                    $0["cell"] == row["chosen"] && $0["fold"] == row["fold"] && $0["metric"] == "ua"
                }
                #expect(same?["value"] == row["test_ua"])
            }
        }
    }

    @Test(arguments: [
        ("report.select={over: [protocol]}", "there is nothing to choose among"),
        ("report.select={over: [layers]}", "there is nothing to choose among"),
        ("report.select={over: [standardize], by: uaTest}", "wrong value for 'by'"),
        ("report.compare=0123", "no cell can be compared with this"),
        ("heads.split={k: 3}", "no protocol takes this parameter"),
        ("heads.layer={weightedSum: [0, 7]}", "the encoder has no such layer"),
        ("heads.labels={keep: [happy, joy]}", "joy"),
    ])
    func aQuestionThatMakesNoSenseIsRefusedBeforeAnythingIsComputed(setting: String, message: String) throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--set", setting)
            #expect(outcome.status == 65 || outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
            #expect(!outcome.errors.contains("embedded"))
        }
    }

    @Test func onesOwnFoldsAreTakenAndExportedFoldsComeBack() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.timbre("export", "small.yaml", "--output", "exported")
            try bench.write(
                Workbench.stageFile.replacing("protocol: leave-one-speaker-out", with: "folds: exported/folds.csv")
                    .replacing("name: small", with: "name: own"),
                to: "own.yaml")
            let outcome = try bench.timbre("run", "own.yaml")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let (first, second) = (try table(bench, "predictions.csv"), try table(bench, "predictions.csv", of: "own"))
            #expect(first.map { $0["p_happy"] } == second.map { $0["p_happy"] })
            #expect(try bench.text("reports/own/report.md").contains("### `own-folds`, speaker-independent"))
        }
    }

    @Test func onesOwnFoldsThatLeakAreRefused() throws {
        try Workbench.use { bench in
            let rows = Workbench.names.enumerated().map { "\($0 % 2 == 0 ? "a" : "b"),\($1.path)" }
            try bench.write((["fold,clip"] + rows).joined(separator: "\n"), to: "folds.csv")
            try bench.write(
                Workbench.stageFile.replacing("protocol: leave-one-speaker-out", with: "folds: folds.csv"),
                to: "own.yaml")
            let outcome = try bench.timbre("run", "own.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("speakers are in both the training and the test part"), "\(outcome.errors)")
            let allowed = try bench.timbre("run", "own.yaml", "--set", "heads.allowSpeakerOverlap=true")
            #expect(allowed.status == 0, "\(allowed.errors)")
            #expect(try bench.text("reports/small/report.md").contains("**Speaker-dependent.**"))
        }
    }

    @Test func anEncoderThatMayBeAbsentIsLeftOutUntilItIsThere() throws {
        try Workbench.use { bench in
            try bench.write(
                Workbench.stageFile.replacing(
                    "  heads:\n    kind: train\n    needs: embeddings",
                    with: """
                          other: {kind: embed, needs: clips, encoder: other, optional: true}
                          heads:
                            kind: train
                            needs: [embeddings, other]
                        """), to: "small.yaml")
            let without = try bench.timbre("run", "small.yaml")
            #expect(without.status == 0, "\(without.errors)")
            #expect(without.errors.contains("left out: other is not there"), "\(without.errors)")
            #expect(without.errors.contains("trained 8 heads"))
            try UntrainedEncoder.write(to: bench.url("other"), seed: 2, configuration: Workbench.tinyConfiguration)
            let with = try bench.timbre("run", "small.yaml")
            #expect(with.errors.contains("trained 8 heads"), "\(with.errors)")
            #expect(Set(try table(bench, "cells.csv").compactMap { $0["encoder"] }) == ["embeddings", "other", ""])
        }
    }

    @Test func theDryRunCountsCellsDoneBegunAndNew() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", "heads.standardize=train")
            let head = try #require(
                bench.names(in: "cache/heads/small").first)
            try FileManager.default.removeItem(at: bench.url("cache/heads/small/\(head)"))
            let outcome = try bench.timbre("run", "small.yaml", "--set", "heads.seed=[3, 4]", "--dry-run")
            #expect(
                outcome.output.contains("stale   3 of 16 heads trained; 4 cells: 0 done, 1 begun, 3 new"),
                "\(outcome.output)")
        }
    }

    @Test func headsThatAreNotToBeSavedAreNot() throws {
        try Workbench.use { bench in
            let setting = ["--set", "heads.saveHeads=false"]
            let outcome = try bench.timbre(["run", "small.yaml"] + setting)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("cache/heads").path))
            let again = try bench.timbre(["run", "small.yaml"] + setting)
            #expect(again.output == "nothing to do: reports/small/report.html\n")
        }
    }

    @Test func aRecordingOfTwoSpeakersStopsEveryProtocol() throws {
        try Workbench.use(clips: Workbench.everySpeaker) { bench in
            let (one, other) = (Workbench.everySpeaker[0], Workbench.everySpeaker[16])
            #expect(one.actor != other.actor && one.emotion == other.emotion)
            let copy = bench.url("corpus/\(other.path)")
            try FileManager.default.removeItem(at: copy)
            try FileManager.default.copyItem(at: bench.url("corpus/\(one.path)"), to: copy)
            for name in [
                "emobox-6fold", "leave-one-speaker-out", "speaker-kfold", "pepino-23-24", "random-stratified",
                "random-kfold",
            ] {
                let outcome = try bench.timbre(
                    "run", "small.yaml", "--set", "heads.protocol=\(name)", "--set", "heads.allowSpeakerOverlap=true")
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains("copies of one recording differ in speaker or label"), "\(name)")
            }
        }
    }

    @Test func aRecordingUnderTwoNamesOfOneSpeakerStaysInOnePartUnderEveryProtocol() throws {
        try Workbench.use(clips: Workbench.everySpeaker) { bench in
            let twins = [Workbench.everySpeaker[0], Workbench.everySpeaker[1]].map(\.path)
            let copy = bench.url("corpus/\(twins[1])")
            try FileManager.default.removeItem(at: copy)
            try FileManager.default.copyItem(at: bench.url("corpus/\(twins[0])"), to: copy)
            let names = [
                "emobox-6fold", "leave-one-speaker-out", "speaker-kfold", "pepino-23-24", "random-stratified",
                "random-kfold",
            ]
            let setting = [
                "--set", "heads.protocol=[\(names.joined(separator: ", "))]", "--set", "heads.allowSpeakerOverlap=true",
                "--set", "heads.standardize=train", "--set", "heads.earlyStopping.validation={fraction: 0.2}",
            ]
            let outcome = try bench.timbre(["run", "small.yaml"] + setting)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("embedded 383 clips"), "\(outcome.errors)")
            try bench.timbre(["export", "small.yaml", "--output", "out"] + setting)
            let parts = try bench.text("out/folds.csv").split(separator: "\n").filter { line in
                twins.contains { line.contains($0) }
            }
            let byFold = Dictionary(grouping: parts) { line in line.split(separator: ",").prefix(2).joined() }
            #expect(byFold.count == 42)
            for lines in byFold.values {
                #expect(Set(lines.compactMap { $0.split(separator: ",").last }).count == 1, "\(lines)")
            }
        }
    }

    @Test func speakersThatScaleThemselvesAreTrainedAgainWhenTheirClipsChange() throws {
        try Workbench.use { bench in
            let setting = ["--set", "heads.standardize=[none, speaker]", "--set", "heads.labels={keep: [happy, sad]}"]
            try bench.timbre(["run", "small.yaml"] + setting)
            let angry = try #require(Workbench.names.first { $0.emotion == 5 })
            try FileManager.default.removeItem(at: bench.url("corpus/\(angry.path)"))
            let outcome = try bench.timbre(["run", "small.yaml"] + setting)
            #expect(outcome.errors.contains("trained 4 heads"), "\(outcome.errors)")
        }
    }

    @Test func aRenamedEncoderStageIsNamedAnewInTheReport() throws {
        try Workbench.use { bench in
            try UntrainedEncoder.write(to: bench.url("other"), seed: 2, configuration: Workbench.tinyConfiguration)
            let both = Workbench.stageFile.replacing(
                "  heads:\n    kind: train\n    needs: embeddings",
                with: "  other: {kind: embed, needs: clips, encoder: other}\n  heads:\n    kind: train\n"
                    + "    needs: [embeddings, other]")
            try bench.write(both, to: "small.yaml")
            #expect(try bench.timbre("run", "small.yaml").status == 0)
            try bench.write(
                both.replacing("  other: {", with: "  second: {").replacing(
                    "[embeddings, other]", with: "[embeddings, second]"),
                to: "small.yaml")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.output == "done: reports/small/report.html\n", "\(outcome.errors)")
            #expect(Set(try table(bench, "cells.csv").compactMap { $0["encoder"] }) == ["embeddings", "second", ""])
            #expect(try bench.text("reports/small/report.md").contains("The encoder of second is untrained"))
        }
    }

    @Test func killsInTheMiddleOfAGridCostNothingButTime() throws {
        let setting = [
            "--set", "heads.seed=[0, 1, 2, 3, 4, 5, 6, 7]", "--set", "heads.layer=[0, 1, {weightedSum: all}]", "--set",
            "heads.epochs=12",
        ]
        let undisturbed = try Workbench.use { bench in
            try bench.timbre(["run", "small.yaml"] + setting)
            return try bench.report()
        }
        try Workbench.use { bench in
            for heads in [1, 30, 60, 90] {
                let process = try bench.start(["run", "small.yaml"] + setting)
                try waitUntil(process, hasSaved: heads, in: bench)
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                #expect(process.terminationReason == .uncaughtSignal, "the run ended before \(heads) heads were seen")
            }
            let plan = try bench.timbre(["status", "small.yaml"] + setting).output
            let done = try #require(plan.firstMatch(of: /(\d+) of 192 heads trained/).flatMap { Int($0.1) })
            #expect((80..<192).contains(done), "\(plan)")
            let outcome = try bench.timbre(["run", "small.yaml"] + setting)
            #expect(outcome.errors.contains("trained \(192 - done) heads"), "\(outcome.errors)")
            #expect(try bench.report() == undisturbed)
        }
    }

    /// Waits until a run has saved so many heads, or has ended.
    private func waitUntil(_ process: Process, hasSaved heads: Int, in bench: Workbench) throws {
        let folder = bench.url("cache/heads/small").path
        while process.isRunning {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            if files.count(where: { $0.hasSuffix(".safetensors") }) >= heads { return }
            usleep(500)
        }
    }

    /// The rows of a report's table by column.
    private func table(_ bench: Workbench, _ name: String, of report: String = "small") throws -> [[String: String]] {
        let lines = try bench.text("reports/\(report)/\(name)").split(separator: "\n").map(fields)
        return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { first, _ in first } }
    }

    /// Fields that hold a comma are quoted; none here holds a quote.
    private func fields(_ line: Substring) -> [String] {
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().reduce(into: [""]) { fields, part in
            guard part.offset % 2 == 0 else { return fields[fields.count - 1] += part.element }
            let pieces = part.element.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            fields[fields.count - 1] += pieces[0]
            fields += pieces.dropFirst()
        }
    }
}
