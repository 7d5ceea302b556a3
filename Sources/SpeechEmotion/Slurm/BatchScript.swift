import Diagnosis

/// A file for `sbatch`: options in comments at its head, then one command.
///
/// Nothing of a user's but what ``SlurmOptions`` has checked stands among the options; paths stand in the shell's part, each
/// quoted.
struct BatchScript {
    /// The file's name without its ending, which is also the end of the job's name.
    let name: String
    /// What the job does, a line.
    let purpose: String
    /// How many tasks; nil for a job that is none of an array.
    var tasks: Int?
    let processors: Int
    let memory: String
    /// Why so much.
    let memoryRule: String
    /// The command and its arguments, each as the shell is to read it, and what stands on a line of its own.
    let command: [String]

    var fileName: String { "\(name).sbatch" }

    /// The whole file.
    ///
    /// - Parameters:
    ///   - pipeline: its name: lower-case letters, digits and hyphens.
    ///   - folder: where the command runs.
    ///   - shards: where the shards are, which the command calls `$shards`.
    func text(pipeline: String, folder: String, shards: String, options: SlurmOptions) -> String {
        let places = [
            options.partition.map { "#SBATCH --partition=\($0)" }, options.time.map { "#SBATCH --time=\($0)" },
        ]
        let lines = [
            "#!/bin/bash", "# \(purpose)", "# Memory: \(memoryRule).",
            "#SBATCH --job-name=timbre-\(pipeline)-\(name)", tasks.map { "#SBATCH --array=1-\($0)" },
            "#SBATCH --ntasks=1", "#SBATCH --cpus-per-task=\(processors)", "#SBATCH --mem=\(memory)",
            "#SBATCH --requeue",
            // A task that is sent again goes on in its log.
            "#SBATCH --open-mode=append",
        ]
        let body = [
            "set -eu", "cd \(Diagnosis.shellWord(folder))", "shards=\(Diagnosis.shellWord(shards))",
            // Slurm's signals reach the program itself.
            "exec " + command.joined(separator: " \\\n  "),
        ]
        return (lines + places + body).compactMap { $0 }.joined(separator: "\n") + "\n"
    }
}
