import Diagnosis

/// What can be wrong with jobs for Slurm.
public enum SlurmError: Error, Equatable, Sendable {
    /// An option that Slurm would not understand, or would understand as more than it should be.
    case option(name: String, found: String, expected: String)
    /// A path that cannot stand in a script.
    case path(String)
    /// Slurm's program for sending jobs is not there.
    case noSbatch(script: String)
    /// It refused a job, or failed.
    case refused(script: String, status: Int32)
}

extension SlurmError: DiagnosableError {
    /// The facts of this error in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .option(let name, let found, let expected):
            return Diagnosis(
                "Slurm cannot take this option", place: name, found: "\"\(Diagnosis.printableLine(found))\"",
                expected: expected, remedy: "timbre slurm --help", exit: .usage)
        case .path(let path):
            return Diagnosis(
                "a path cannot stand in a script", place: path, found: "a line break in it",
                expected: "a path of one line", remedy: "rename the folder", exit: .usage)
        case .noSbatch(let script):
            return Diagnosis(
                "sbatch is not there, so nothing was sent", place: "PATH", found: "no program of that name",
                expected: "Slurm's programs, as on a cluster's login node",
                remedy: "log in there, or load its module, and run \(Diagnosis.shellWord(script))", exit: .missingInput)
        case .refused(let script, let status):
            return Diagnosis(
                "Slurm did not take all jobs", place: script, found: "exit \(status); what it said is above",
                expected: "a job's number for each",
                remedy: "squeue --me, to see which it took; sinfo, to see what there is",
                exit: .inputOutput)
        }
    }
}
