import Foundation
import Kernels
import TestSupport
import Testing

/// Instruction sets and precisions as a user chooses them.
@Suite struct PrecisionTests {
    private static let embed = "embed --encoder encoder --output out.npz corpus"

    @Test(.enabled(if: InstructionSet.avx512.isAvailable && InstructionSet.avx2.isAvailable))
    func wideAndNarrowRegistersGiveTheSameBits() throws {
        try Workbench.use { bench in
            let archives = try ["avx512", "avx2"].map { set in
                #expect(try bench.shell("TIMBRE_ISA=\(set) $0 \(Self.embed) --cache cache-\(set)").status == 0)
                return try Data(contentsOf: bench.url("out.npz"))
            }
            #expect(archives[0] == archives[1])
        }
    }

    @Test(arguments: InstructionSet.allCases.filter(\.isAvailable))
    func whatWasEmbeddedOnOneSetIsVerifiedOnAnother(_ set: InstructionSet) throws {
        try Workbench.use { bench in
            #expect(try bench.shell("TIMBRE_ISA=portable $0 \(Self.embed)").status == 0)
            let outcome = try bench.shell("TIMBRE_ISA=\(set.rawValue) $0 cache verify --sample 5")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("5 of \(Workbench.names.count) computed again"))
            #expect(outcome.output.contains("stored on portable/") == (set != .portable))
        }
    }

    @Test func aSetThatIsNoneIsAUsageError() throws {
        try Workbench.use { bench in
            let outcome = try bench.shell("TIMBRE_ISA=mmx $0 \(Self.embed)")
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("'mmx', which is none") && outcome.errors.contains("unset TIMBRE_ISA"))
        }
    }

    @Test func bfloat16IsRefusedWhereTheSetLacksIt() throws {
        try Workbench.use { bench in
            let outcome = try bench.shell("TIMBRE_ISA=portable $0 \(Self.embed) --precision bfloat16")
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("AVX512-BF16"))
            #expect(!FileManager.default.fileExists(atPath: bench.url("out.npz").path))
        }
    }

    @Test(.enabled(if: Precision.bfloat16.isAvailable)) func bfloat16IsARecipeOfItsOwnThatHeadsRemember() throws {
        try Workbench.use { bench in
            #expect(try bench.timbre("run", "small.yaml").status == 0)
            let head = try bench.trainedHead("embeddings.precision=bfloat16")
            let statistics = try bench.timbre("cache", "stats").output
            #expect(statistics.contains("precision: bfloat16") && statistics.contains("precision: float32"))
            #expect(try bench.text("reports/small/report.md").contains("precision bfloat16"))
            #expect(try bench.timbre("predict", "--head", head, "corpus").status == 0)
            #expect(try bench.shell("TIMBRE_ISA=portable $0 predict --head \(head) corpus").status == 0)
            let verified = try bench.timbre("cache", "verify", "--sample", "3").output
            #expect(verified.components(separatedBy: "3 of \(Workbench.names.count) computed again").count == 3)
            let elsewhere = try bench.shell("TIMBRE_ISA=portable $0 cache verify --sample 3")
            #expect(elsewhere.status == 0, "\(elsewhere)")
            #expect(elsewhere.output.contains("computed again, this processor lacks what bfloat16 needs"))
        }
    }

    @Test func benchTellsMachinePeakAndParts() throws {
        try Workbench.use { bench in
            let outcome = try bench.timbre(
                "bench", "--part", "encoder", "--encoder", "encoder", "--audio", "corpus", "--clips", "3", "--runs",
                "1",
                "--profile")
            #expect(outcome.status == 0)
            let starts = Set(outcome.output.split(separator: "\n").map { $0.prefix { $0 != " " } })
            #expect(starts.isSuperset(of: ["machine", "encoder", "profile", "memory"]))
            #expect(outcome.output.contains("path \(InstructionSet.current.rawValue)"))
            let machine = try bench.timbre("bench", "--part", "machine")
            #expect(machine.status == 0 && machine.output.hasPrefix("machine  "))
        }
    }
}
