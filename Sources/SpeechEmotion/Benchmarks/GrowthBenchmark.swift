import Foundation
import Kernels
import Reports

/// Measures how time and memory grow with the length and with the number of clips, and draws it: `bench --growth`.
public struct GrowthBenchmark {
    private let output: URL
    private let tell: (String) throws -> Void

    /// - Parameters:
    ///   - output: the folder for tables and pictures, made if need be.
    ///   - tell: is handed a line for each measurement as soon as it is done.
    public init(output: URL, tell: @escaping (String) throws -> Void) {
        self.output = output
        self.tell = tell
    }

    /// Times noise of each length on one worker; writes `length.csv`, `length_seconds.svg` and `length_memory.svg`.
    ///
    /// - Parameters:
    ///   - lengths: in seconds, each at least 1.
    ///   - runs: how often each is timed; the median counts.
    public func timeLengths(_ lengths: [Int], encoder: URL, precision: Precision, runs: Int) throws {
        try write(LengthGrowth(of: lengths, by: encoder, precision: precision, runs: runs, tell: tell).files)
    }

    /// Times the embedding of as many short clips; writes `count.csv`, `count_seconds.svg` and `count_memory.svg`.
    ///
    /// - Parameters:
    ///   - counts: each at least 1.
    ///   - program: Timbre's own file.
    public func timeCounts(_ counts: [Int], program: URL, jobs: Int) throws {
        try write(CountGrowth(of: counts, program: program, jobs: jobs, folder: output, tell: tell).files)
    }

    private func write(_ files: [RenderedText]) throws {
        let folder = try ReportFolder(output)
        for file in files { try folder.append(file) }
        for name in try folder.finish() { try tell(output.appendingPathComponent(name).relativePath) }
    }
}
