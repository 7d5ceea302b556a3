import Foundation
import Testing

@testable import Drafts

@Suite struct RunTests {
    @Test func aRunWritesEveryFileOfTheReport() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == "done: reports/small/report.html\n")
            let names = Set(try bench.report().keys)
            #expect(
                names.isSuperset(of: ["report.md", "metrics.csv", "confusion.csv", "predictions.csv", "history.csv"]))
            #expect(names.contains { $0.hasSuffix(".svg") })
            let columns = try bench.text("reports/small/predictions.csv").split(separator: "\n")
            #expect(
                columns.first
                    == "cell,fold,clip,speaker,label,predicted,p_neutral,p_calm,p_happy,p_sad,p_angry,p_fearful,p_disgust,p_surprised"
            )
            #expect(columns.count == 1 + 2 * Workbench.names.count)
        }
    }

    @Test func theReportSaysThatTheEncoderIsUntrainedBeforeAnythingElse() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let first = try bench.text("reports/small/report.md").split(separator: "\n").first
            #expect(first?.contains("The encoder is untrained") == true)
        }
    }

    @Test func aSecondRunHasNothingToDo() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.output == "nothing to do: reports/small/report.html\n")
            #expect(!outcome.errors.contains("embedded"))
            #expect(!outcome.errors.contains("trained "))
            #expect(try bench.report() == before)
        }
    }

    @Test func whatAKilledProcessLeftIsRemovedThoughOthersDidItsWork() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let folders = ["cache/heads/small", "reports/small"]
            let before = try folders.map(bench.names(in:))
            var draft = DraftName(number: 1)
            draft.process = 999_999_999
            for folder in folders {
                let left = bench.url(folder).appendingPathComponent(draft.text)
                try FileManager.default.createDirectory(at: left, withIntermediateDirectories: false)
                try Data("half".utf8).write(to: left.appendingPathComponent("report.md"))
            }
            #expect(try bench.timbre("run", "small.yaml").output == "nothing to do: reports/small/report.html\n")
            #expect(try folders.map(bench.names(in:)) == before)
        }
    }

    @Test func oneWorkerAndThreeGiveTheSameBytes() throws {
        let reports = try ["1", "3"].map { jobs in
            try Workbench.use { bench in
                try bench.timbre("run", "small.yaml", "--jobs", jobs)
                return try bench.report()
            }
        }
        #expect(!reports[0].isEmpty)
        #expect(reports[0] == reports[1])
    }

    @Test func whatOnlyTheReportDependsOnRunsNothingElse() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            for setting in ["report.labels={merge: {calm: neutral}}", "report.bootstrap={draws: 500, confidence: 0.9}"]
            {
                let outcome = try bench.timbre("run", "small.yaml", "--set", setting)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(
                    !outcome.errors.contains("embedded") && !outcome.errors.contains("trained"), "\(outcome.errors)")
            }
            #expect(try bench.text("reports/small/report.md").contains("(90 % interval"))
            try bench.timbre("run", "small.yaml", "--set", "report.labels={merge: {calm: neutral}}")
            #expect(try bench.text("reports/small/report.md").contains("calm as neutral, merged in the report"))
            #expect(try !bench.text("reports/small/confusion.csv").contains("calm"))
        }
    }

    @Test func aMergerOfClassesThatThereAreNotIsRefusedByName() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--set", "report.labels={merge: {calmm: neutral}}")
            #expect(outcome.status == 64, "\(outcome.errors)")
            #expect(outcome.errors.contains("calmm") && outcome.errors.contains("report.labels"), "\(outcome.errors)")
        }
    }

    @Test func aClaimAboutClassesThatThereAreNotIsRefusedByName() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--set", "report.claimedConfusions=[[neutral, clam]]")
            #expect(outcome.status == 64 && outcome.errors.contains("\"clam\""), "\(outcome.errors)")
        }
    }

    @Test func aChangedHeadTrainsAgainWithoutTouchingAudio() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let outcome = try bench.timbre("run", "small.yaml", "--set", "heads.head.hidden=8")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.errors.contains("embedded"))
            #expect(outcome.errors.contains("trained 8 heads"))
        }
    }

    @Test func aWidenedGridTrainsOnlyItsNewCells() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", "heads.standardize=none")
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.errors.contains("trained 4 heads"), "\(outcome.errors)")
        }
    }

    @Test func commentsAndKeyOrderAndWrittenDefaultsCauseNoRerun() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let rewritten = Workbench.stageFile
                .replacing("# Does the small corpus work?", with: "# Does it still?")
                .replacing(
                    "{kind: adamw, learningRate: 1e-2}", with: "{weightDecay: 0.01, learningRate: 0.01, kind: adamw}"
                )
                .replacing("    seed: 3\n", with: "").replacing("    batch: 8\n", with: "    seed: 3\n    batch: 8\n")
            try bench.write(rewritten, to: "small.yaml")
            #expect(try bench.timbre("run", "small.yaml").output == "nothing to do: reports/small/report.html\n")
        }
    }

    @Test func aDeletedOrEditedReportIsWrittenAgain() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            try bench.write("tampered", to: "reports/small/metrics.csv")
            try FileManager.default.removeItem(at: bench.url("reports/small/history.csv"))
            let outcome = try bench.timbre("run", "small.yaml")
            #expect(outcome.output == "done: reports/small/report.html\n")
            #expect(!outcome.errors.contains("trained "))
            #expect(try bench.report() == before)
        }
    }

    @Test func forceRunsAFreshStageAgainAndTheReportStays() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let before = try bench.report()
            let outcome = try bench.timbre("run", "small.yaml", "--force", "embeddings", "--force", "heads")
            #expect(outcome.errors.contains("embedded \(Workbench.names.count) clips"), "\(outcome.errors)")
            #expect(outcome.errors.contains("trained 8 heads"))
            #expect(try bench.report() == before)
        }
    }

    @Test func aDryRunChangesNothing() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("run", "small.yaml", "--dry-run")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("embeddings  stale   0 of 64 clips cached"), "\(outcome.output)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("reports").path))
            #expect(try bench.timbre("status", "small.yaml").output == outcome.output)
        }
    }
}
