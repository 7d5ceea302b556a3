import ArgumentParser
import Foundation
import Kernels
import SpeechEmotion

/// The command `timbre bench`.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract:
            "Time the encoder on real clips and the training of the seed's head, and tell how much memory they need.",
        discussion: """
            Clips are decoded, resampled and normalised beforehand. Seconds mean little on a shared machine: `make bench` \
            runs peers in turn with this and prints ratios. Memory is the most that was resident at one moment, the encoder's \
            mapped file included.

            With --growth, times noise of several lengths on one worker and, each in a program of its own, corpora of several \
            numbers of short clips with a tiny encoder, from their files into a fresh store; writes length.csv, count.csv \
            and a picture of each one's time and memory.
            """)

    @Option(help: ArgumentHelp("The encoder's directory.", valueName: "dir"))
    var encoder = "cache/encoders/wav2vec2-base"

    @Option(help: ArgumentHelp("Where audio files are, at any depth.", valueName: "dir"))
    var audio = "cache/corpora/ravdess"

    @Option(help: ArgumentHelp("How many clips, evenly spread over the files.", valueName: "n"))
    var clips = 30

    @Option(help: ArgumentHelp("How often each is timed; the median counts.", valueName: "n"))
    var runs = 3

    @Option(help: "float32, or bfloat16 where the processor has AVX512-BF16.")
    var precision = Precision.float32

    @Flag(help: "Tell the encoder's parts apart.")
    var profile = false

    @Option(
        help:
            "encoder, heads, both, or machine: what would compute, without timing it; with --growth length, count or both."
    )
    var part = Part.both

    @OptionGroup var growth: GrowthOptions

    @OptionGroup var workers: Workers

    /// What is timed.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case encoder, heads, machine, length, count, both

        /// Whether it is one of `--growth`, or not, or of either.
        func isOf(growth: Bool) -> Bool {
            switch self {
            case .encoder, .heads, .machine: !growth
            case .length, .count: growth
            case .both: true
            }
        }
    }

    func validate() throws {
        guard clips > 0, runs > 0 else { throw ValidationError("--clips and --runs need at least 1") }
        guard part.isOf(growth: growth.isWanted) else {
            throw ValidationError("--part needs encoder, heads or both; with --growth length, count or both")
        }
    }

    func run() throws {
        if growth.isWanted { try measureGrowth() } else { try measure() }
    }

    private func measureGrowth() throws {
        if part != .count {
            try growth.benchmark.timeLengths(
                growth.lengths, encoder: URL(fileURLWithPath: encoder), precision: precision, runs: runs)
        }
        if part != .length {
            try growth.benchmark.timeCounts(growth.counts, program: GrowthOptions.program, jobs: workers.count)
        }
    }

    private func measure() throws {
        let benchmark = Benchmark(clips: clips, runs: runs, jobs: workers.count)
        guard part != .machine else { return try StandardOutput.line(benchmark.machine(at: precision)) }
        var memory = PeakMemory()
        if part != .heads {
            try StandardOutput.line(
                benchmark.timeEncoder(
                    at: URL(fileURLWithPath: encoder), on: URL(fileURLWithPath: audio), precision: precision,
                    profiling: profile))
            memory.note("encoder")
        }
        if part != .encoder { try StandardOutput.line(benchmark.timeHeads()) }
        memory.note("whole")
        try StandardOutput.line(memory.line)
    }
}
