import Foundation
import Kernels
import Testing

@Suite struct PrecisionComparisonTests {
    private static let bfloat16 = "embeddings.precision=bfloat16"

    @Test(.enabled(if: Precision.bfloat16.isAvailable, "this processor lacks AVX512-BF16"))
    func theCostOfAPrecisionIsToldAndNothingIsKept() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml", "--set", Self.bfloat16)
            let held = try bench.timbre("cache", "stats").output
            let arguments = ["--against", "float32", "small.yaml", "--set", Self.bfloat16, "--sample", "30"]
            let outcome = try bench.timbre(["cache", "verify"] + arguments)
            #expect(outcome.status == 0, "\(outcome)")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            try #require(lines.count == 5, "\(outcome.output)")
            #expect(
                lines[0] == "small, stage \"embeddings\": bfloat16 against float32, 30 of 64 clips, seed 0", "\(lines)")
            let difference = try #require(
                lines[1].wholeMatch(of: /states   largest difference (\S+) in Actor_0\d\/\S+\.wav, layer [012]/),
                "\(lines)")
            let largest = try #require(Float(difference.1))
            #expect(largest > 0 && largest < 0.1)
            let angle = try #require(
                lines[2].wholeMatch(of: /states   smallest cosine (\S+) in Actor_0\d\/\S+\.wav, layer [012]/),
                "\(lines)")
            let cosine = try #require(Double(angle.1))
            #expect(cosine > 0.99 && cosine < 1)
            #expect(lines[3].wholeMatch(of: /heads    cell [0-9a-f]{8} of 2: layer 2, MLP 16, .*/) != nil, "\(lines)")
            let change =
                /UA       changes by \S+ points with bfloat16, 95 % interval \S+ to \S+ over 4 speakers; \d+ of 30 answers of 4 heads differ/
            #expect(lines[4].wholeMatch(of: change) != nil, "\(lines)")
            #expect(try bench.timbre("cache", "stats").output == held)
            #expect(try bench.timbre(["cache", "verify"] + arguments).output == outcome.output)
        }
    }

    @Test(.enabled(if: Precision.bfloat16.isAvailable, "this processor lacks AVX512-BF16"))
    func anotherCellIsAskedByItsId() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let verify = ["cache", "verify", "--against", "bfloat16", "small.yaml", "--sample", "8"]
            let first = try bench.timbre(verify).output
            let unknown = try bench.timbre(verify + ["--cell", "none"])
            #expect(unknown.status == 64)
            let ids = try #require(unknown.errors.firstMatch(of: /one of: (\w+), (\w+)/), "\(unknown.errors)")
            #expect(first.contains("heads    cell \(ids.1) of 2"), "\(first)")
            let second = try bench.timbre(verify + ["--cell", String(ids.2)])
            #expect(second.output.contains("heads    cell \(ids.2) of 2"), "\(second)")
            #expect(second.output.contains("standardised by train"), "\(second)")
        }
    }

    @Test func aPipelineThatHasNotRunIsToRunFirst() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre("cache", "verify", "--against", "bfloat16", "small.yaml")
            #expect(outcome.status == 66)
            #expect(outcome.errors.contains("has not run"), "\(outcome.errors)")
            #expect(outcome.errors.contains("try:      timbre run small.yaml"), "\(outcome.errors)")
        }
    }

    @Test func whatCannotBeComparedIsRefused() throws {
        try Workbench.use { bench in
            try bench.timbre("run", "small.yaml")
            let same = try bench.timbre("cache", "verify", "--against", "float32", "small.yaml")
            #expect(same.status == 64)
            #expect(same.errors.contains("nothing to compare: both precisions are the same"), "\(same.errors)")
            let transductive = try bench.timbre(
                "cache", "verify", "--against", "bfloat16", "small.yaml", "--set", "heads.standardize=speaker")
            #expect(transductive.status == 64)
            #expect(transductive.errors.contains("heads that standardise by speaker"), "\(transductive.errors)")
            let unavailable = try bench.shell(
                "TIMBRE_ISA=portable \"$0\" cache verify --against bfloat16 small.yaml")
            #expect(unavailable.status == 65)
            #expect(unavailable.errors.contains("this processor cannot compute in bfloat16"), "\(unavailable.errors)")
        }
    }

    @Test(arguments: [
        (["small.yaml"], "a stage file goes with --against"),
        (["--cell", "a"], "--cell and --set go with --against"),
        (["--against", "bfloat16"], "--against needs the stage file of a pipeline"),
        (["--against", "bfloat16", "small.yaml", "--drop"], "--drop does not go with --against"),
        (["--against", "bfloat16", "small.yaml", "--sample", "0"], "--sample needs a number from 1 on"),
        (["--against", "float16", "small.yaml"], "'float16'"),
    ])
    func argumentsThatDoNotGoTogetherAreRefused(arguments: [String], words: String) throws {
        try Workbench.use(clips: []) { bench in
            let outcome = try bench.timbre(["cache", "verify"] + arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
    }
}
