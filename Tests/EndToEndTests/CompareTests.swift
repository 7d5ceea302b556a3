import Foundation
import Reports
import Testing

@Suite struct CompareTests {
    @Test func twoCellsOfAReportAreComparedAsTheReportItselfCompares() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let pairs = try CSVRows(try bench.text("reports/small/comparisons.csv"))
            let pair = try #require(pairs.rows.first { $0.fields[3] == "ua" }).fields
            let facts = Dictionary(uniqueKeysWithValues: zip(pairs.header, pair))
            let outcome = try bench.timbre(
                "compare", "small.yaml", "reports/small", "--second-cell", facts["second"] ?? "")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let difference = try #require(Double(facts["difference"] ?? "")) * 100
            #expect(
                outcome.output.contains("| UA |") && outcome.output.contains(String(format: "%+.2f [", difference)),
                "\(outcome.output)")
            #expect(outcome.output.contains("The encoder is untrained"))
            #expect(!outcome.output.contains(bench.directory.path))
        }
    }

    @Test func aFolderIsWrittenWithAPageAndEveryFlip() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            try bench.timbre("run", "small.yaml", "--reports", "other", "--set", "heads.epochs=1")
            let outcome = try bench.timbre("compare", "reports/small", "other/small", "--output", "compared")
            #expect(outcome.output == "compared/compare.html\n", "\(outcome.errors)")
            let files = try bench.report("compared")
            #expect(Set(files.keys).isSuperset(of: ["compare.md", "compare.html", "flips.csv"]))
            #expect(files.keys.count { $0.hasSuffix(".svg") } == 3)
            let flips = try CSVRows(try bench.text("compared/flips.csv")).rows
            #expect(try bench.text("compared/compare.md").contains("\(flips.count) of \(Workbench.names.count) clips"))
            if Browser.program != nil {
                let page = try Browser.open(
                    bench.url("compared/compare.html"), width: 1000,
                    running: "return page.querySelectorAll('figure svg').length;")
                #expect(page.result == "3" && page.console.isEmpty)
            }
        }
    }

    @Test func whatCannotBeComparedIsRefusedWithAReason() throws {
        try Workbench.use { bench in
            let missing = try bench.timbre("compare", "small.yaml", "reports/small")
            #expect(missing.status == 66 && missing.errors.contains("timbre run"), "\(missing.errors)")
            try bench.timbre("run", "small.yaml")
            let same = try bench.timbre("compare", "reports/small", "small.yaml")
            #expect(same.status == 64 && same.errors.contains("--second-cell"), "\(same.errors)")
            let unknown = try bench.timbre("compare", "reports/small", "reports/small", "--second-cell", "nosuch")
            #expect(unknown.status == 64 && unknown.errors.contains("nosuch"), "\(unknown.errors)")
            try bench.timbre(
                "run", "small.yaml", "--reports", "other", "--set", "report.labels={merge: {calm: neutral}}")
            let merged = try bench.timbre("compare", "reports/small", "other/small")
            #expect(merged.status == 65 && merged.errors.contains("classes neutral, calm"), "\(merged.errors)")
        }
    }

    @Test func otherRecordingsUnderTheSameNamesAreNotCompared() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let file = bench.url("corpus").appendingPathComponent(Workbench.names[0].path)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count - 1] ^= 1
            try bytes.write(to: file)
            try bench.timbre("run", "small.yaml", "--reports", "other")
            let outcome = try bench.timbre("compare", "reports/small", "other/small")
            #expect(outcome.status == 65 && outcome.errors.contains("other recordings"), "\(outcome.errors)")
        }
    }

    @Test(arguments: [
        ("predictions.csv", ",neutral,", ",joyful,"), ("predictions.csv", ",0.", ",7."),
        ("cells.csv", "cell,", "zell,"),
        ("cells.csv", "true", "\"true"),
    ]) func aReportThatSomebodyEditedIsNotBelieved(_ file: String, _ old: String, _ new: String) throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let text = try bench.text("reports/small/\(file)")
            try bench.write(text.replacing(old, with: new), to: "reports/small/\(file)")
            let outcome = try bench.timbre("compare", "reports/small", "reports/small", "--second-cell", "x")
            #expect(outcome.status == 65 && outcome.errors.contains(file), "\(outcome.errors)")
        }
    }
}
