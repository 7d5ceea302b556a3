import ArgumentParser
import Foundation
import SpeechEmotion

/// What `timbre bench --growth` measures, and where it goes.
struct GrowthOptions: ParsableArguments {
    @Flag(
        name: .customLong("growth"),
        help: "Measure instead how time and memory grow with the length and with the number of clips, and draw it.")
    var isWanted = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "With --growth: the folder for tables (CSV) and pictures (SVG), made if need be.", valueName: "dir"))
    var output = "reports/bench"

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("With --growth: lengths of clips, in seconds from 1 to 600.", valueName: "s"))
    var lengths = [1, 2, 5, 10, 20, 30, 45, 60]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "With --growth: numbers of clips from 1 to 1000000; each has 58 kB beside the output for as long as it lasts.",
            valueName: "n"))
    var counts = [100, 1_000, 5_000, 20_000]

    func validate() throws {
        guard lengths.allSatisfy((1...600).contains) else {
            throw ValidationError("--lengths needs numbers from 1 to 600")
        }
        guard counts.allSatisfy((1...1_000_000).contains) else {
            throw ValidationError("--counts needs numbers from 1 to 1000000")
        }
    }

    var benchmark: GrowthBenchmark {
        GrowthBenchmark(output: URL(fileURLWithPath: output), tell: { try StandardOutput.line($0) })
    }

    /// This program's own file, to be run again.
    static var program: URL {
        let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: file ?? CommandLine.arguments[0])
    }
}
