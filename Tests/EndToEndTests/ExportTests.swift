import Checkpoints
import Foundation
import TestSupport
import Testing

private let hasNumPy = Python.has("numpy")
private let hasTorch = Python.has("numpy", "torch", "safetensors")
private let hasPandas = Python.has("pandas")

/// What `timbre export` writes, as other programs read it.
@Suite struct ExportTests {
    @Test(.enabled(if: hasNumPy, "needs python3 with numpy, or PYTHON naming one"))
    func theArraysSayWhatTheTablesSay() throws {
        try Workbench.use { bench in
            let setting = [
                "--set", "heads.labels=[ravdess-8, {keep: [happy, sad, angry]}]", "--set",
                "heads.earlyStopping.validation={fraction: 0.2}",
            ]
            try export(bench, setting)
            let printed = try Python.run([fixture("export/read_export.py").path, "out"], in: bench.directory)
            let expected = """
                embeddings f4 (64, 3, 24)
                layers i8 (3,)
                labels i8 (64,)
                clips U0 (64,)
                speakers U0 (64,)
                classes U0 (8,)
                fold_names U0 (8,)
                fold_divisions i8 (8,)
                parts i8 (8, 64)
                cells U0 (4,)
                cell_divisions i8 (4,)
                division_protocols U0 (2,)
                division_digests U0 (2,)
                prediction_cells i8 (176,)
                prediction_folds i8 (176,)
                prediction_clips i8 (176,)
                prediction_labels i8 (176,)
                predicted i8 (176,)
                prediction_classes U0 (8,)
                probabilities f4 (176, 8)
                missing \(2 * 24 * 5)

                """
            #expect(printed == expected)
        }
    }

    @Test(.enabled(if: hasNumPy, "needs python3 with numpy, or PYTHON naming one"), arguments: ["16", "[]"])
    func theExampleInTheReadmeFindsTheStoredProbabilities(hidden: String) throws {
        try Workbench.use { bench in
            // The example passes over the heads that need more than one layer as it is.
            try export(
                bench,
                [
                    "--set", "heads.layer=[{weightedSum: all}, 1]", "--set", "heads.standardize=[speaker, train]",
                    "--set", "heads.head.hidden=\(hidden)", "--set", "heads.labels={keep: [sad, happy]}",
                ])
            let example = try Self.exampleOfTheReadme()
            #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count <= 15)
            let printed = try Python.run(["-c", example], in: bench.url("out"))
            let answer = try #require(
                printed.wholeMatch(
                    of: /heads\/([0-9a-f]{8})-speaker-01\.safetensors: (\d+) test clips, largest difference (\S+)\n/),
                "\(printed)")
            #expect(answer.2 == "4")
            #expect(try #require(Double(answer.3)) <= 1e-5)
            let card = try bench.text("out/heads/\(answer.1)-speaker-01.md")
            #expect(card.contains("| input | hidden state 1 of 0 to 2,"))
            #expect(card.contains("by the training clips, folded into the first layer"))
        }
    }

    @Test(
        .enabled(if: hasNumPy, "needs python3 with numpy, or PYTHON naming one"),
        arguments: ["heads.saveHeads=false", "heads.standardize=speaker"])
    func theExampleInTheReadmeSaysWhereThereIsNoHeadForIt(setting: String) throws {
        try Workbench.use { bench in
            try export(bench, ["--set", setting])
            try bench.write(
                """
                try:
                    exec(open("example.py").read(), {})
                except SystemExit as stop:
                    print(stop)
                """, to: "out/stop.py")
            try bench.write(try Self.exampleOfTheReadme(), to: "out/example.py")
            let printed = try Python.run(["stop.py"], in: bench.url("out"))
            #expect(printed.hasPrefix("heads/ has no head of one layer not standardised by speaker"), "\(printed)")
        }
    }

    @Test(.enabled(if: hasTorch, "needs python3 with numpy, torch and safetensors, or PYTHON naming one"))
    func theLinesOfEveryCardGiveTheStoredProbabilitiesInPyTorch() throws {
        try Workbench.use(clips: Workbench.everySpeaker) { bench in
            try export(
                bench,
                [
                    "--set", "heads.layer=[2, {concatenate: [2, 0]}, {average: all}, {weightedSum: [1, 2]}]", "--set",
                    "heads.standardize=[none, train, speaker]", "--set", "heads.head.hidden=[[8, 6], []]", "--set",
                    "heads.protocol=pepino-23-24",
                ])
            let printed = try Python.run([fixture("export/run_cards.py").path, "out"], in: bench.directory)
            let words = printed.split(whereSeparator: \.isWhitespace)
            #expect(words.first == "24")
            #expect(try #require(words.last.flatMap { Double($0) }) <= 1e-5)
        }
    }

    @Test(.enabled(if: hasPandas, "needs python3 with pandas, or PYTHON naming one"))
    func pandasReadsTheTables() throws {
        try Workbench.use { bench in
            try export(bench, [])
            let script = """
                import pandas
                text = {"cell": str, "fold": str, "clip": str, "speaker": str}
                for name in ["clips", "folds", "predictions"]:
                    table = pandas.read_csv(f"out/{name}.csv", dtype=text)
                    numbers = list(table.select_dtypes("float64").columns)
                    print(len(table), len(table.columns) - len(numbers), len(numbers), int(table.isna().sum().sum()))
                print(sorted(set(table["speaker"])))
                """
            let printed = try Python.run(["-c", script], in: bench.directory)
            #expect(printed == "64 4 0 0\n256 4 0 0\n128 6 8 0\n['01', '02', '03', '04']\n")
        }
    }

    @Test func everyHeadHasACardThatNamesWhatMadeIt() throws {
        try Workbench.use { bench in
            try export(bench, ["--set", "report.bootstrap={draws: 200}"])
            let names = try bench.names(in: "out/heads")
            let saved = try bench.names(in: "cache/heads/small")
                .sorted()
            #expect(names.filter { $0.hasSuffix(".safetensors") } == saved)
            #expect(names.count == 2 * saved.count && saved.count == 8)
            for head in saved {
                #expect(
                    try Data(contentsOf: bench.url("out/heads/\(head)"))
                        == Data(contentsOf: bench.url("cache/heads/small/\(head)")))
                let card = try bench.text("out/heads/\(head.replacing(".safetensors", with: ".md"))")
                #expect(!card.contains(bench.directory.path))
                #expect(
                    card.contains("CC BY-NC-SA 4.0") && card.contains("https://doi.org/10.1371/journal.pone.0196391"))
                #expect(card.contains("> **Untrained encoder"))
                let speaker = try #require(head.firstMatch(of: /speaker-(\d\d)/)?.1)
                #expect(card.contains("| tested on | 16 clips of 1 speaker: \(speaker) |"))
                #expect(card.contains("| trained on | 32 clips of 2 speakers |"))
                #expect(card.contains("| validated on | 16 clips of 1 speaker |"))
            }
        }
    }

    @Test func aCellOfManySpeakersHasTheReportsFiguresAndAFoldOfFewNoInterval() throws {
        try Workbench.use(clips: Workbench.everySpeaker) { bench in
            try export(
                bench,
                [
                    "--set", "heads.protocol=emobox-6fold", "--set", "heads.standardize=train", "--set",
                    "report.bootstrap={draws: 200}",
                ])
            let names = try bench.names(in: "out/heads")
            let card = try bench.text("out/heads/\(try #require(names.first { $0.hasSuffix(".md") }))")
            let report = try bench.text("reports/small/report.md")
            let pooled = try #require(card.firstMatch(of: /\| all folds of cell `\w+` \| 384 \| 24 \| (.*) \|/)?.1)
            #expect(pooled.contains("[") && report.contains(pooled), "the cell's figures are the report's: \(pooled)")
            let own = try #require(card.firstMatch(of: /\| fold `[^`]+` \| 64 \| 4 \| (.*) \|/)?.1)
            #expect(!own.contains("["))
            #expect(card.contains("too few speakers for an interval"))
            let error = try #require(card.firstMatch(of: /\(ECE\) over all folds: (\d+\.\d\d %)/)?.1)
            #expect(report.contains("(ECE) \(error)"))
        }
    }

    @Test func headsThatWereNotSavedAreNotExportedWhichIsSaid() throws {
        try Workbench.use { bench in
            let outcome = try export(bench, ["--set", "heads.saveHeads=false"])
            #expect(outcome.errors == "no heads exported: stage \"heads\" says saveHeads: false\n")
            #expect(!FileManager.default.fileExists(atPath: bench.url("out/heads").path))
        }
    }

    @Test func predictionsAreTheReportsWithAReportOrWithout() throws {
        try Workbench.use { bench in
            try export(bench, [])
            let predictions = try bench.text("out/predictions.csv")
            #expect(try predictions == bench.text("reports/small/predictions.csv"))
            try bench.write(
                Workbench.stageFile.replacing("  report: {kind: report, needs: heads}\n", with: ""), to: "small.yaml")
            try bench.timbre("run", "small.yaml")
            #expect(try bench.timbre("export", "small.yaml", "-o", "without").status == 0)
            #expect(try bench.text("without/predictions.csv") == predictions)
        }
    }

    @Test func predictionsAreTheHeadsOwnWhereTheReportMergesClasses() throws {
        try Workbench.use { bench in
            try export(bench, [])
            let own = try bench.text("out/predictions.csv")
            #expect(own.contains(",p_calm,"))
            try export(bench, ["--set", "report.labels={merge: {calm: neutral}}"])
            #expect(try bench.text("out/predictions.csv") == own)
            #expect(try !bench.text("reports/small/predictions.csv").contains("p_calm"))
        }
    }

    @Test func anExportReplacesTheFilesOfAnotherAndGivesTheSameBytes() throws {
        try Workbench.use { bench in
            try export(bench, [])
            let first = try bench.report("out/heads")
            let archive = try Data(contentsOf: bench.url("out/embeddings.npz"))
            try bench.write("stale", to: "out/folds.csv")
            try bench.write("stale", to: "out/heads/\(try #require(first.keys.min()))")
            let outcome = try bench.timbre("export", "small.yaml", "-o", "out")
            #expect(outcome.output.split(separator: "\n").last == "out/heads: 8 heads, each with a model card")
            #expect(try bench.report("out/heads") == first)
            #expect(try Data(contentsOf: bench.url("out/embeddings.npz")) == archive)
            #expect(try bench.text("out/folds.csv").hasPrefix("cell,fold,clip,part\n"))
            let left = try bench.names(in: "out")
            #expect(left == ["clips.csv", "embeddings.npz", "folds.csv", "heads", "predictions.csv"])
        }
    }

    @Test func headsOfAnEarlierExportGoWithTheirCardsAndOtherFilesStay() throws {
        try Workbench.use { bench in
            try export(bench, [])
            let known = try bench.report("out/heads")
            let first = try #require(known.first { $0.key.hasSuffix(".safetensors") }?.value)
            // Not Timbre's: no metadata of its own, no checkpoint, a note.
            let others = ["other.safetensors", "other.md", "broken.safetensors", "broken.md", "notes.md"]
            for name in others { try bench.write("mine", to: "out/heads/\(name)") }
            try SafetensorsWriter.write(
                [TensorToWrite(name: "w", shape: [1]) { [1] }], metadata: ["cell": "a"],
                to: bench.url("out/heads/other.safetensors"))
            try first.write(to: bench.url("out/heads/alone.safetensors"))
            let fewer = try export(bench, ["--set", "heads.standardize=none"])
            #expect(fewer.errors == "removed 5 heads of an earlier export\n")
            #expect(fewer.output.hasSuffix("out/heads: 4 heads, each with a model card\n"))
            let left = try bench.report("out/heads")
            let cell = try #require(
                bench.text("out/predictions.csv").split(separator: "\n")[1].split(separator: ",").first)
            #expect(Set(left.keys) == Set(others).union(known.keys.filter { $0.hasPrefix(cell) }))
            #expect(left.count == 8 + others.count)
            let none = try export(bench, ["--set", "heads.saveHeads=false"])
            #expect(
                none.errors == "removed 4 heads of an earlier export\n"
                    + "no heads exported: stage \"heads\" says saveHeads: false\n")
            #expect(try Set(bench.report("out/heads").keys) == Set(others))
        }
    }

    @Test func aPlaceThatCannotBeWrittenIsSaid() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.write("a file", to: "taken")
            for folder in ["place", "other/embeddings.npz"] {
                try FileManager.default.createDirectory(
                    at: bench.url(folder), withIntermediateDirectories: true)
            }
            try bench.write("a file", to: "place/heads")
            for place in ["taken", "taken/below", "place", "other"] {
                let outcome = try bench.timbre("export", "small.yaml", "-o", place)
                #expect(outcome.status == 73, "\(outcome.errors)")
                #expect(outcome.errors.contains(place), "\(outcome.errors)")
            }
        }
    }

    /// Runs the pipeline and exports it into `out`.
    @discardableResult
    private func export(_ bench: Workbench, _ setting: [String]) throws -> Workbench.Outcome {
        let run = try bench.timbre(["run", "small.yaml"] + setting)
        #expect(run.status == 0, "\(run.errors)")
        let outcome = try bench.timbre(["export", "small.yaml", "--output", "out"] + setting)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome
    }

    /// The Python under the heading "Taking it elsewhere", without the last line's end.
    private static func exampleOfTheReadme() throws -> String {
        let root = URL(fileURLWithPath: "\(#filePath)").deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        let section = try #require(readme.components(separatedBy: "\n## Taking it elsewhere\n").last)
        let block = try #require(section.components(separatedBy: "\n```python\n").dropFirst().first)
        return try #require(block.components(separatedBy: "\n```").first)
    }
}
