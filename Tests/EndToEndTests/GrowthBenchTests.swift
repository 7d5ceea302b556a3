import Foundation
import TestSupport
import Testing

@Suite struct GrowthBenchTests {
    @Test func lengthsAndCountsAreMeasuredAndDrawn() throws {
        try Workbench.use(clips: []) { bench in
            let outcome = try bench.timbre(
                "bench", "--growth", "--encoder", "encoder", "--output", "drawn", "--lengths", "2", "1", "--counts",
                "3", "5", "--runs", "1", "--jobs", "2")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("length   1 s: "), "\(outcome.output)")
            #expect(outcome.output.contains("count    5 clips: "), "\(outcome.output)")
            let files = [
                "count.csv", "count_memory.svg", "count_seconds.svg", "length.csv", "length_memory.svg",
                "length_seconds.svg",
            ]
            // Hidden ones would be what the corpora have left behind.
            #expect(try bench.names(in: "drawn") == files)
            for file in files { #expect(outcome.output.contains("\ndrawn/\(file)\n"), "\(outcome.output)") }
            try checkLengths(bench.text("drawn/length.csv"))
            try checkCounts(bench.text("drawn/count.csv"))
        }
    }

    @Test func onePartLeavesTheOtherAlone() throws {
        try Workbench.use(clips: []) { bench in
            let growth = ["bench", "--growth", "--output", "drawn", "--part"]
            #expect(try bench.timbre(growth + ["count", "--counts", "2"]).status == 0)
            let counts = try bench.text("drawn/count.csv")
            #expect(
                try bench.timbre(growth + ["length", "--lengths", "1", "--runs", "1", "--encoder", "encoder"]).status
                    == 0)
            #expect(try bench.text("drawn/count.csv") == counts)
        }
    }

    @Test(arguments: [
        ["--growth", "--part", "heads"], ["--part", "count"], ["--growth", "--lengths", "0"],
        ["--growth", "--counts", "0"],
    ])
    func argumentsThatDoNotFitAreRefused(arguments: [String]) throws {
        try Workbench.use(clips: []) { bench in
            let outcome = try bench.timbre(["bench"] + arguments)
            #expect(outcome.status == 64, "\(outcome)")
        }
    }

    /// The longer clip needs larger buffers; attention is a part of all.
    private func checkLengths(_ table: String) throws {
        let lines = table.split(separator: "\n")
        #expect(lines[0] == "audio_seconds,seconds,attention_seconds,workspace_bytes,peak_resident_bytes")
        let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
        try #require(rows.map(\.count) == [5, 5])
        #expect(rows.map { $0[0] } == [1, 2])
        #expect(rows.allSatisfy { $0[1] > $0[2] && $0[2] > 0 && $0[4] > $0[3] }, "\(rows)")
        #expect(rows[1][3] > rows[0][3])
    }

    private func checkCounts(_ table: String) throws {
        let lines = table.split(separator: "\n")
        #expect(lines[0] == "clips,seconds,peak_resident_bytes")
        let rows = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
        try #require(rows.map(\.count) == [3, 3])
        #expect(rows.map { $0[0] } == [3, 5])
        #expect(rows.allSatisfy { $0[1] > 0 && $0[2] > 1_000_000 }, "\(rows)")
    }
}
