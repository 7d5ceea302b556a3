import Foundation
import Synchronization
import TestSupport
import Testing

/// Whatever bytes a reader is given, it takes or refuses them: no crash, no second of computing, no memory beyond a multiple
/// of the bytes.
///
/// `fuzz-smoke` gives each target of `Tests/Fuzz` its seeds, what fuzzers found before, and mutants of both; a process of its
/// own, so that an end of it is a failure here and not the end of all tests.
@Suite struct FuzzPromiseTests {
    private static let seed: UInt64 = 6
    private static let tests = fixture("").deletingLastPathComponent()

    /// What looks for misbehaviour finds it.
    @Test(arguments: [
        ("trap", "a trap"), ("error", "an error without a diagnosis"), ("time", "computes for longer than it may"),
        ("memory", "allocates more than it may"), ("allocation", "allocates more than it may at once"),
    ])
    func misbehaviourIsFound(_ fault: String, _ words: String) throws {
        // A sanitizer counts memory itself, and gives a reader more time.
        guard Sanitizer.isOff || ["trap", "error"].contains(fault) else { return }
        try withTemporaryDirectory { directory in
            let seeds = directory.appendingPathComponent("Fixtures/fuzz/seeds/fault-\(fault)")
            try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
            try Data("seed".utf8).write(to: seeds.appendingPathComponent("seed"))
            let input = directory.appendingPathComponent("input")
            #expect {
                try Self.output(of: ["fault-\(fault)", "1", "0", directory.path, input.path], in: directory)
            } throws: {
                "\($0)".contains(words)
            }
            #expect(try Data(contentsOf: input) == Data("seed".utf8))
        }
    }

    @Test func readersSurviveMutants() throws {
        try withTemporaryDirectory { directory in
            let targets = try Self.output(of: [], in: directory).split(separator: "\n").map(String.init)
            #expect(
                try Set(targets) == Set(Self.names(in: "fuzz/seeds")), "a target without seeds, or seeds without one")
            #expect(try Set(targets).isSuperset(of: Self.names(in: "fuzz/finds")), "finds of no target")
            // A minute in all in every test run.
            let seconds = Trials.count((60 + targets.count - 1) / targets.count, full: 60)
            let readings = Mutex<[Reading]>([])
            DispatchQueue.concurrentPerform(iterations: targets.count) { index in
                guard let reading = Self.reading(of: targets[index], seconds, in: directory) else { return }
                readings.withLock { $0.append(reading) }
            }
            readings.withLock { Self.tell($0) }
        }
    }

    /// What a process found of a target.
    private struct Reading {
        let executions: Int
        let taken: Int
        let longest: Double
        let largest: Int

        init?(_ line: String) {
            let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard numbers.count == 4 else { return nil }
            (executions, taken, longest, largest) = (Int(numbers[0]), Int(numbers[1]), numbers[2], Int(numbers[3]))
        }
    }

    private static func reading(of target: String, _ seconds: Int, in directory: URL) -> Reading? {
        let input = directory.appendingPathComponent("input-\(target)")
        do {
            let output = try output(
                of: [target, "\(seconds)", "\(seed)", tests.path, input.path], in: directory)
            let reading = try #require(Reading(output), "\(target) printed \(output)")
            #expect(reading.executions > (Sanitizer.isOff ? 100 : 10), "\(target)")
            return reading
        } catch {
            let bytes = (try? Data(contentsOf: input)) ?? Data()
            Issue.record("\(target), seed \(seed): \(error)\nthe input in base64: \(bytes.base64EncodedString())")
            return nil
        }
    }

    private static func tell(_ readings: [Reading]) {
        let executions = readings.map(\.executions).reduce(0, +)
        let taken = readings.map(\.taken).reduce(0, +)
        let longest = String(format: "%.2f", readings.map(\.longest).max() ?? 0)
        let largest = (readings.map(\.largest).max() ?? 0) >> 20
        Trials.tell(
            "Readers survive mutants",
            "\(executions) of them in \(readings.count) readers, \(taken) taken, the others refused; the longest reading "
                + "\(longest) s, the most memory \(largest) MiB")
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What `fuzz-smoke` prints; throws what it says where it does not end well.
    private static func output(of arguments: [String], in directory: URL) throws -> String {
        let process = Process()
        process.executableURL = Workbench.program.deletingLastPathComponent().appendingPathComponent("fuzz-smoke")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            "TMPDIR": directory.path, "SWIFT_BACKTRACE": "enable=no",
        ]) { $1 }
        let (output, errors) = (Pipe(), directory.appendingPathComponent("errors-\(arguments.first ?? "")"))
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let said = try String(decoding: Data(contentsOf: errors).suffix(2_000), as: UTF8.self)
            throw Failure(description: "it ended with \(process.terminationStatus) and said: \(said)")
        }
        return text
    }

    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: fixture(folder).path).filter { !$0.hasPrefix(".") }
    }
}
