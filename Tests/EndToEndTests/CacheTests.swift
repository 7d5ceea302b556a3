import Foundation
import Testing

@Suite struct CacheTests {
    @Test func aMovedCorpusIsNotEmbeddedAgain() throws {
        try Workbench.use { bench in
            let files = FileManager.default
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            try files.moveItem(at: bench.url("corpus"), to: bench.url("elsewhere"))
            let outcome = try bench.timbre("run", "small.yaml", "--set", "clips.root=elsewhere")
            // Only the page links to the clips, to be heard where they are now.
            #expect(!outcome.errors.contains("embedded") && !outcome.errors.contains("trained"), "\(outcome.errors)")
            let after = try bench.report()
            #expect(after.filter { $0.key != "report.html" } == before.filter { $0.key != "report.html" })
            let page = try bench.text("reports/small/report.html")
            #expect(page.contains("\"links\":[[\"\",\"../../elsewhere/\"]]") && !page.contains("../../corpus/"))
        }
    }

    @Test func aRenamedClipKeepsItsEmbedding() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let (old, new) = ("03-01-03-01-01-01-02.wav", "03-01-03-02-01-01-02.wav")
            let folder = bench.url("corpus/Actor_02")
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent(old), to: folder.appendingPathComponent(new))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(!outcome.errors.contains("embedded"), "\(outcome.errors)")
            #expect(try bench.text("reports/small/predictions.csv").contains(new))
            #expect(try !bench.text("reports/small/predictions.csv").contains(old))
        }
    }

    @Test func oneChangedByteIsExactlyOneMiss() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let file = bench.url("corpus").appendingPathComponent(Workbench.names[5].path)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: file)
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.errors.contains("embedded 1 clip "), "\(outcome.errors)")
        }
    }

    @Test func anotherNormalisationMakesNewRowsBesideTheOld() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let settings = try bench.text("encoder/preprocessor_config.json")
            try bench.write(
                settings.replacing(/"do_normalize"\s*:\s*true/, with: "\"do_normalize\": false"),
                to: "encoder/preprocessor_config.json")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.errors.contains("embedded \(Workbench.names.count) clips"), "\(outcome.errors)")
            let statistics = try bench.timbre("cache", "stats").output
            #expect(statistics.contains("\(2 * Workbench.names.count) embeddings"), "\(statistics)")
            try bench.write(settings, to: "encoder/preprocessor_config.json")
            #expect(try !bench.timbre("run", "small.yaml").errors.contains("embedded"))
        }
    }

    @Test func pruneKeepsWhatThePipelineNeeds() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.timbre("run", "small.yaml", "--set", "heads.epochs=2")
            let forecast = try bench.timbre("cache", "prune", "--dry-run", "small.yaml")
            #expect(forecast.output.contains("would drop 0 embeddings and 8 trained heads"), "\(forecast)")
            let outcome = try bench.timbre("cache", "prune", "small.yaml")
            #expect(outcome.output.hasPrefix("dropped 0 embeddings and 8 trained heads"), "\(outcome)")
            #expect(try bench.timbre("cache", "verify").status == 0)
            let rerun = try bench.timbre("run", "small.yaml")
            #expect(!rerun.errors.contains("embedded"))
            #expect(!rerun.errors.contains("trained 16"))
        }
    }

    @Test func aCacheThatIsNotADatabaseIsRefusedAndLeftAlone() throws {
        try Workbench.use { bench in
            try FileManager.default.createDirectory(at: bench.url("cache"), withIntermediateDirectories: true)
            let text = String(repeating: "my diary\n", count: 200)
            try bench.write(text, to: "cache/features.sqlite")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 65, "\(outcome.errors)")
            #expect(outcome.errors.contains("cache/features.sqlite"))
            #expect(try bench.text("cache/features.sqlite") == text)
        }
    }
}
