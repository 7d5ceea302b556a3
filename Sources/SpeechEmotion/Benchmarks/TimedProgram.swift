import Diagnosis
import Foundation

/// A program that was run to its end and watched meanwhile.
struct TimedProgram {
    /// From its start to its end.
    let seconds: Double
    /// The most that it had resident at one moment, as it was last seen; nil where the kernel does not tell.
    let residentBytes: Int?

    /// How often memory is looked at; what is resident at most only grows.
    private static let pause = DispatchTimeInterval.milliseconds(2)

    /// Runs it in a folder, where what it says goes into two files.
    ///
    /// - throws: a `Diagnosis` where it cannot be started, or ends with another code than 0.
    init(_ program: URL, arguments: [String], in folder: URL) throws {
        let process = Process()
        (process.executableURL, process.arguments, process.currentDirectoryURL) = (program, arguments, folder)
        let errors = folder.appendingPathComponent("stderr.txt")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(folder.appendingPathComponent("stdout.txt"))
        process.standardError = try Self.file(errors)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let start = ContinuousClock.now
        do {
            try process.run()
        } catch {
            throw Diagnosis(
                "cannot start a program", place: program.path, found: systemReason(of: error),
                expected: "Timbre's own file", remedy: "ls -l \(Diagnosis.shellWord(program.path))", exit: .inputOutput)
        }
        var most: Int?
        repeat {
            most = PeakMemory.bytes(ofProcess: "\(process.processIdentifier)") ?? most
        } while ended.wait(timeout: .now() + Self.pause) == .timedOut
        (seconds, residentBytes) = (start.duration(to: .now).inSeconds, most)
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw Diagnosis(
                "a program that was to be timed failed",
                place: "\(program.lastPathComponent) \(arguments.joined(separator: " "))",
                found: "exit code \(process.terminationStatus)\n"
                    + said.split(separator: "\n").suffix(8).joined(separator: "\n"),
                expected: "an end without complaint", remedy: "mend what it complains of", exit: .internalFault)
        }
    }

    private static func file(_ place: URL) throws -> FileHandle {
        try Project.writing(place) {
            try Data().write(to: place)
            return try FileHandle(forWritingTo: place)
        }
    }
}
