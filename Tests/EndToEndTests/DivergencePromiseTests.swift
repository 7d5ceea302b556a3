import Foundation
import Randomness
import TestSupport
import Testing

/// Promise: numbers that are not finite in training are caught where they appear, named, and stop their cell, not the run.
@Suite struct DivergencePromiseTests {
    @Test func aCellThatDivergesIsNamedAndStopsNoOther() throws {
        try Workbench.use { bench in
            let grid = ["run", "small.yaml", "--set", "heads.optimizer.learningRate=[1e-2, 1e30]"]
            let failed = try bench.timbre(grid)
            #expect(failed.status == 65)
            #expect(failed.errors.contains("trained 8 heads"), "\(failed.errors)")
            #expect(failed.errors.contains("stage \"heads\" could not train 8 heads"))
            #expect(
                failed.errors.contains(
                    "lower optimizer.learningRate of these cells, or leave them out with --keep-going"))
            #expect(
                failed.errors.matches(of: /cell [0-9a-f]{8}, fold [^,]+, epoch 1, batch 2 of \d+: a loss of/).count
                    == 8,
                "\(failed.errors)")
            #expect(!FileManager.default.fileExists(atPath: bench.url("reports/small").path))
            let status = try bench.timbre(["status", "small.yaml"] + grid.dropFirst(2))
            #expect(status.output.contains("8 of 16 heads trained"), "\(status.output)")
            #expect(status.output.contains("; 8 heads diverged"), "\(status.output)")

            let kept = try bench.timbre(grid + ["--keep-going"])
            #expect(kept.status == 0 && !kept.errors.contains("trained "), "\(kept.errors)")
            try expectReport(bench, leavesOut: 2, of: 4)
            #expect(try bench.timbre(grid + ["--keep-going"]).output.hasPrefix("nothing to do"))
            #expect(try bench.timbre(grid).status == 65)
        }
    }

    @Test func aGridWithoutACellLeftFailsWhateverIsAsked() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "run", "small.yaml", "--keep-going", "--set", "heads.optimizer.learningRate=1e30")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("no cell is left to report"), "\(outcome.errors)")
        }
    }

    @Test func noReportHoldsANumberThatIsNotFinite() throws {
        let trials = Trials.count(3, full: 60)
        var diverged = 0
        for seed in 1...UInt64(trials) {
            var generator = SeededGenerator(seed: seed, purpose: "absurd settings")
            let settings = Self.absurdSettings(&generator)
            try Workbench.use { bench in
                let outcome = try bench.timbre(
                    ["run", "small.yaml", "--keep-going"] + settings.flatMap { ["--set", $0] })
                #expect(outcome.status == 0 || outcome.status == 65, "seed \(seed), \(settings): \(outcome.errors)")
                if outcome.status == 65 || outcome.errors.contains("diverged") {
                    diverged += 1
                    try expectNames(of: outcome, settings, bench, "seed \(seed), \(settings)")
                }
                if outcome.status == 0 { try expectFinite(bench, "seed \(seed), \(settings)") }
            }
        }
        Trials.tell(
            "numbers in training",
            "\(trials) grids with absurd settings, \(diverged) of them diverging: every such head "
                + "named, no number in a report that is not finite")
    }

    /// Each head that a run went on without is named by one that does not; a run that could go on with none names all itself.
    private func expectNames(
        of outcome: Workbench.Outcome, _ settings: [String], _ bench: Workbench, _ comment: String
    ) throws {
        let run = ["run", "small.yaml"] + settings.flatMap { ["--set", $0] }
        let complaint = outcome.status == 0 ? try bench.timbre(run) : outcome
        #expect(complaint.status == 65, "\(comment): \(complaint.errors)")
        let count = complaint.errors.firstMatch(of: /could not train (\d+) heads?\n/).flatMap { Int($0.1) }
        let named = complaint.errors.matches(of: /cell [0-9a-f]{8}, fold [^,\n]+,/).count
        #expect(named > 0 && named == count, "\(comment): \(complaint.errors)")
        let left = outcome.errors.firstMatch(of: /left out, where (\d+) heads? diverged/).flatMap { Int($0.1) }
        #expect(outcome.status == 65 || left == named, "\(comment): \(outcome.errors)")
    }

    /// Settings that are allowed, and some of which no training survives.
    private static func absurdSettings(_ generator: inout SeededGenerator) -> [String] {
        let rate = "1e\(generator.below(45) - 3)"
        let decay = ["0.01", "1e3", "1e30", "0"][generator.below(4)]
        let layer = ["2", "{weightedSum: all}", "{concatenate: all}"][generator.below(3)]
        let hidden = ["16", "[]", "[[8, 8]]"][generator.below(3)]
        return [
            "heads.optimizer.learningRate=[1.5e-2, \(rate)]", "heads.optimizer.weightDecay=\(decay)",
            "heads.layer=\(layer)",
            "heads.head.hidden=\(hidden)", "heads.batch=\([4, 64][generator.below(2)])",
            "heads.epochs=\(1 + generator.below(4))",
        ]
    }

    /// Figures of whole tables, and nothing in pages and pictures that looks like one of no number.
    private func expectFinite(_ bench: Workbench, _ comment: String) throws {
        for (name, data) in try bench.report() {
            let text = String(decoding: data, as: UTF8.self)
            let fields = name.hasSuffix(".csv") ? text.split { ",\n".contains($0) }.map(String.init) : []
            #expect(!fields.contains { ["nan", "-nan", "inf", "-inf"].contains($0) }, "\(comment): \(name)")
            if name.hasSuffix(".svg") || name == "report.md" {
                let words = text.replacing(/at learning rate [-+.e\d]+|a loss of -?(nan|inf)/, with: "")
                #expect(!words.contains(/\b(nan|inf|infinity)\b/.ignoresCase()), "\(comment): \(name)")
            }
        }
    }

    private func expectReport(_ bench: Workbench, leavesOut left: Int, of cells: Int) throws {
        for page in ["report.md", "report.html"] {
            let text = try bench.text("reports/small/\(page)")
            #expect(text.contains("Cells left out"), "\(page)")
            #expect(text.contains("\(left) cells of the grid could not be trained"), "\(page)")
            #expect(text.contains("optimizer.learningRate 1e+30"), "\(page)")
            #expect(text.contains("epoch 1, batch 2 of "), "\(page)")
        }
        let reported = try bench.text("reports/small/cells.csv").split(separator: "\n").count { $0.contains(",false,") }
        #expect(reported >= cells - left)
        try expectFinite(bench, "small")
    }
}
