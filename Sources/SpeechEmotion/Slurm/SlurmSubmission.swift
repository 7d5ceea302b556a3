import Diagnosis
import Foundation

/// A job to be sent.
struct SlurmJob: Equatable {
    /// The name of its script.
    let name: String
    /// The tasks of its array, as Slurm lists them; nil for a job without, empty where none is left.
    let tasks: String?

    init(_ name: String) { (self.name, tasks) = (name, nil) }

    /// An array of which some tasks are sent.
    init(_ name: String, tasks numbers: [Int]) {
        self.name = name
        tasks = Self.list(numbers)
    }

    /// Numbers in order as Slurm reads them: `1-3,7`.
    static func list(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
            separator: ",")
    }
}

/// The script that sends jobs, each to begin when those before it are done.
struct SlurmSubmission {
    let jobs: [SlurmJob]
    let output: URL

    /// The whole file.
    var text: String {
        var last: String?
        let head = [
            "#!/bin/bash",
            "# Sends the jobs; each waits until the one before it has ended well. Finished shards are left out.",
            "set -eu", "scripts=\(Diagnosis.shellWord(output.path))",
            "logs=\(Diagnosis.shellWord(Self.literal(output.appendingPathComponent("log").path)))", "",
        ]
        let body = sent.flatMap { job in
            let (variable, after) = (job.name.replacing("-", with: "_"), last)
            last = variable
            let log = job.tasks == nil ? "%j" : "%A_%a"
            let options = [
                after.map { "--dependency=\"afterok:${\($0)%%;*}\" --kill-on-invalid-dep=yes" },
                job.tasks.map { "--array=\($0)" }, "--output=\"$logs/\(job.name)-\(log).log\"",
            ]
            return [
                "\(variable)=$(sbatch --parsable \(options.compactMap { $0 }.joined(separator: " ")) \"$scripts/\(job.name).sbatch\")",
                "echo \"\(job.name): job ${\(variable)%%;*}\(job.tasks.map { ", tasks \($0)" } ?? "")\"",
            ]
        }
        return (head + body).joined(separator: "\n") + "\n"
    }

    /// A path in the name of a log, where Slurm takes per cent signs for its own, with or without a mark that joins them.
    private static func literal(_ path: String) -> String {
        path.unicodeScalars.reduce(into: "") { $0 += $1 == "%" ? "%%" : String($1) }
    }

    /// Arrays without a task that is left are not sent.
    private var sent: [SlurmJob] { jobs.filter { $0.tasks != "" } }

    /// What is said of it.
    func words(_ places: SlurmPlaces) -> String {
        let names = sent.map { job in job.tasks.map { "\(job.name) (tasks \($0))" } ?? job.name }
        return "\(places.submission.relativePath): sends \(names.joined(separator: ", then "))"
    }

    /// Runs the script.
    static func send(_ script: URL) throws {
        guard Self.hasSbatch else { throw SlurmError.noSbatch(script: script.relativePath) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [script.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SlurmError.refused(script: script.relativePath, status: process.terminationStatus)
        }
    }

    private static var hasSbatch: Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").contains { access("\($0)/sbatch", X_OK) == 0 }
    }
}
