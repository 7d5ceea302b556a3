import Diagnosis
import Foundation

/// Where jobs run, and what they name.
public struct SlurmPlaces {
    /// Where the commands run: the user's own directory.
    let folder: URL
    /// Where the scripts, the logs and the shards are.
    let output: URL
    /// The folder that ``output`` is Timbre's own in; nil where the user named it.
    private let owner: URL?
    /// What the shell is to read for the program, for the stage file, and for the arguments that every command has.
    let program: String
    let pipeline: String
    let arguments: [String]
    let cacheArgument: String

    /// Gathers the places of one pipeline.
    ///
    /// - Parameters:
    ///   - name: the pipeline's, after which the folder in the cache is named where no output is.
    ///   - overrides: changes to the stage file as `PATH=VALUE`.
    /// - throws: ``SlurmError/path(_:)`` for a path that has a line break.
    public init(
        pipeline: String, name: String, overrides: [String], cache: String, reports: String, output: String?
    ) throws {
        let files = FileManager.default
        folder = URL(fileURLWithPath: files.currentDirectoryPath)
        let program = (try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        owner = output == nil ? URL(fileURLWithPath: cache) : nil
        self.output =
            output.map { URL(fileURLWithPath: $0) }
            ?? URL(fileURLWithPath: cache).appendingPathComponent("slurm").appendingPathComponent(name)
        for path in [folder.path, program, pipeline, cache, reports, self.output.path]
        where path.contains(where: \.isNewline) {
            throw SlurmError.path(path)
        }
        self.program = Diagnosis.shellWord(program)
        self.pipeline = Diagnosis.shellWord(pipeline)
        cacheArgument = "--cache \(Diagnosis.shellWord(cache))"
        arguments =
            ["\(cacheArgument) --reports \(Diagnosis.shellWord(reports))"]
            + overrides.map { "--set \(Diagnosis.shellWord($0))" }
    }

    var submission: URL { output.appendingPathComponent("submit.sh") }

    /// Makes the folder, and that of the logs in it.
    func make() throws {
        let logs = output.appendingPathComponent("log")
        if let owner { try OwnFolder.make(logs, within: owner) } else { try Project.create(logs) }
    }

    /// The files of all shares, in the order of their numbers.
    func shards(_ kind: ShardManifest.Kind, _ count: Int) -> [URL] {
        (1...count).map { output.appendingPathComponent(Self.shardName(kind, "\($0)", count)) }
    }

    static func shardName(_ kind: ShardManifest.Kind, _ number: String, _ count: Int) -> String {
        "\(kind.rawValue)-\(number)-of-\(count).sqlite"
    }
}
