import Foundation
import FuzzTargets

/// Gives a reader one input after another and keeps count.
struct SmokeTest {
    private let target: FuzzTarget
    /// Where each input is written before it is read, so that it is there when the process ends on it.
    private let place: FileHandle
    private(set) var executions = 0
    /// Inputs that the reader took.
    private(set) var taken = 0
    /// Seconds of processor time.
    private(set) var longestReading = 0.0
    /// Bytes that were allocated at one moment.
    private(set) var largestReading = 0

    init(of target: FuzzTarget, place: URL) throws {
        self.target = target
        _ = FileManager.default.createFile(atPath: place.path, contents: nil)
        self.place = try FileHandle(forWritingTo: place)
    }

    /// Reads seeds and finds as they are, then mutants of them until the process has computed for so many seconds.
    mutating func run(_ files: FuzzFiles, seed: UInt64, seconds: Double) throws {
        try files.inputs.forEach { try read($0) }
        // What is made once, such as a database, is no reading's.
        (longestReading, largestReading) = (0, 0)
        try files.inputs.forEach { try read($0) }
        var mutator = Mutator(seed: seed, target: target.name, words: files.words, longest: target.longest)
        while Double(clock()) / Double(CLOCKS_PER_SEC) < seconds { try read(mutator.mutant(of: files.inputs)) }
    }

    private mutating func read(_ bytes: Data) throws {
        try place.truncate(atOffset: 0)
        try place.write(contentsOf: bytes)
        let use = target.run(bytes)
        executions += 1
        taken += use.isTaken ? 1 : 0
        longestReading = max(longestReading, use.seconds)
        largestReading = max(largestReading, use.bytes)
    }
}
