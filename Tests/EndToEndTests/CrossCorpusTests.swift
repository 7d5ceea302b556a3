import Foundation
import SpeechEmotion
import TestSupport
import Testing

/// Corpora that a table describes, several corpora as one, and heads that are tested on a corpus that they were not trained on.
@Suite struct CrossCorpusTests {
    @Test func eachCorpusIsTestedOnceOnTheClassesThatBothHave() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            let outcome = try bench.timbre("run", "cross.yaml")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("  both        fresh   80 clips of 6 speakers"), "\(outcome.errors)")
            let report = try bench.text("reports/cross/report.md")
            #expect(report.contains("Each corpus is tested once, by heads trained on all others"))
            #expect(report.contains("happy, sad and angry kept, which all corpora have"))
            #expect(
                report.contains("24 clips of 4 speakers") == false
                    && report.contains("protocol `cross-corpus`, speaker-independent"))
            let rows = try bench.text("reports/cross/predictions.csv").split(separator: "\n").dropFirst()
            let fields = rows.map { $0.split(separator: ",").map(String.init) }
            #expect(Set(fields.map { $0[1] }) == ["acted", "own"])
            #expect(fields.allSatisfy { $0[2].hasPrefix("\($0[1])/") })
            #expect(fields.allSatisfy { $0[3].hasPrefix($0[1] == "own" ? "table/" : "ravdess/") })
            #expect(Set(fields.map { $0[4] }) == ["happy", "sad", "angry"])
            #expect(fields.count { $0[1] == "acted" } == 24 && fields.count { $0[1] == "own" } == 12)
            let links = try bench.text("reports/cross/report.html")
            #expect(links.contains(#""links":[["acted/","../../corpus/"],["own/","../../own/"]]"#))
            #expect(try bench.timbre("run", "cross.yaml").output.hasPrefix("nothing to do"))
        }
    }

    @Test func oneCorpusIsTrainedOnAndAnotherTested() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            let outcome = try bench.timbre(
                "run", "cross.yaml", "--set", "heads.split={train: own, test: acted}", "--set",
                "heads.labels={merge: {joy: happy, calm: neutral}}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let report = try bench.text("reports/cross/report.md")
            #expect(report.contains("Trained on own, tested on acted; labels are those that both have."))
            let other = try bench.timbre("run", "cross.yaml", "--set", "heads.split={train: nobody}")
            #expect(
                other.status == 65 && other.errors.contains("expected: names of corpus stages: "), "\(other.errors)")
        }
    }

    @Test func headsOfSpeakersOfSeveralCorporaAreSavedAndExportedAndTheirFoldsGivenBack() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            let protocolName = "heads.protocol=leave-one-speaker-out"
            let outcome = try bench.timbre("run", "cross.yaml", "--set", protocolName)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let exported = try bench.timbre("export", "cross.yaml", "--set", protocolName, "--output", "out")
            #expect(exported.status == 0, "\(exported.errors)")
            let files = try bench.names(in: "out/heads")
            for ending in ["safetensors", "md"] {
                #expect(files.contains { $0.hasSuffix("-speaker-ravdess~2f01.\(ending)") }, "\(files)")
            }
            try bench.write(
                Workbench.crossStageFile.replacing("protocol: cross-corpus", with: "folds: out/folds.csv"),
                to: "cross.yaml")
            let again = try bench.timbre("run", "cross.yaml")
            #expect(again.status == 0, "\(again.errors)")
        }
    }

    @Test func theSameActorsUnderTwoNamesAreNoStrangers() throws {
        try Workbench.use { bench in
            // A copy with other bytes, as one with noise would be.
            for clip in Workbench.names {
                let bytes = try Data(contentsOf: bench.url("corpus/\(clip.path)"))
                let copy = bench.url("noisy/\(clip.path)")
                try FileManager.default.createDirectory(
                    at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try (bytes.dropLast(2) + [7, 7]).write(to: copy)
            }
            try bench.write(
                Workbench.crossStageFile.replacing(
                    "layout: table, table: own.csv, columns: {label: emotion}, root: own",
                    with: "layout: ravdess, root: noisy, complete: false"), to: "cross.yaml")
            let outcome = try bench.timbre("run", "cross.yaml")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("'ravdess/01', 'ravdess/02'"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("reports/cross").path))
        }
    }

    @Test func aRowThatChangesItsLabelTrainsAnew() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            let run = ["run", "cross.yaml"]
            #expect(try bench.timbre(run).status == 0)
            let table = try bench.text("own.csv")
            try bench.write(table.replacing("0.wav,joy", with: "0.wav,sad"), to: "own.csv")
            let again = try bench.timbre(run)
            #expect(again.errors.contains("trained 2 heads"), "\(again.errors)")
            #expect(!again.errors.contains("embedded"))
        }
    }

    @Test func aTablesClipsAreCheckedAndExported() throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            let check = try bench.timbre("check", "cross.yaml")
            #expect(check.status == 0, "\(check.errors)")
            #expect(
                check.output.contains("corpus    acted: 64 clips of 4 speakers\ncorpus    own: 16 clips of 2 speakers"))
            try FileManager.default.removeItem(at: bench.url("own/x/0.wav"))
            let missing = try bench.timbre("check", "cross.yaml")
            #expect(missing.status == 65)
            #expect(missing.errors.contains("own/x/0.wav: a clip of the table, is missing"), "\(missing.errors)")
            #expect(try bench.timbre("run", "cross.yaml", "--keep-going").status == 0)
            let export = try bench.timbre("export", "cross.yaml", "--output", "out")
            #expect(
                export.status == 66 && export.errors.contains("stage \"embeddings\" has not run"), "\(export.errors)")
        }
    }

    @Test(arguments: [
        ("needs: [acted, own]", "needs: [acted]", "two or more stages of kind"),
        ("needs: both", "needs: [acted, own]", "one stage of kind"),
        ("columns: {label: emotion}", "columns: {label: feeling}", "path, feeling and speaker"),
        ("table: own.csv", "table: none.csv", "cannot read the table of clips"),
        ("protocol: cross-corpus", "protocol: cross-corpus\n    split: {k: 5}", "split.k"),
    ])
    func whatDoesNotFitIsSaid(old: String, new: String, message: String) throws {
        try Workbench.use { bench in
            try bench.addTableCorpus()
            try bench.write(Workbench.crossStageFile.replacing(old, with: new), to: "cross.yaml")
            let outcome = try bench.timbre("run", "cross.yaml")
            #expect((64...66).contains(outcome.status), "\(outcome)")
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
    }
}

extension Workbench {
    /// A second corpus, of two speakers and four classes, that a table describes, and a pipeline on both.
    func addTableCorpus() throws {
        let emotions = ["joy", "sad", "angry", "happy"]
        var table = "take,path,emotion,speaker,sex\n"
        for (number, speaker) in ["x", "y"].enumerated() {
            for take in 0..<8 {
                let path = "\(speaker)/\(take).wav"
                table += "\(take),\(path),\(emotions[take % 4]),\(speaker),\(number == 0 ? "f" : "m")\n"
                let samples = (0..<6000).map {
                    Int16(6000 * sin(Double(($0 + 7 * take) * (3 + take % 4 + number)) / 50))
                }
                try FileManager.default.createDirectory(at: url("own/\(speaker)"), withIntermediateDirectories: true)
                try WAVBytes([samples], sampleRate: 16_000).data.write(to: url("own/\(path)"))
            }
        }
        try write(table, to: "own.csv")
        try write(Self.crossStageFile, to: "cross.yaml")
    }

    static let crossStageFile = """
        # Does what one corpus teaches hold in another?
        name: cross
        stages:
          acted: {kind: corpus, layout: ravdess, root: corpus, complete: false}
          own: {kind: corpus, layout: table, table: own.csv, columns: {label: emotion}, root: own}
          both: {kind: corpora, needs: [acted, own]}
          embeddings: {kind: embed, needs: both, encoder: encoder}
          heads:
            kind: train
            needs: embeddings
            protocol: cross-corpus
            layer: 2
            head: {hidden: 8, dropout: 0.1}
            optimizer: {learningRate: 1e-2}
            batch: 8
            epochs: 2
          report: {kind: report, needs: heads}

        """
}
