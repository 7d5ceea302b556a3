import Diagnosis
import Drafts
import FeatureStore
import Foundation

/// Timbre's own version; results carry the finer result versions of the rooms that made them.
public let timbreVersion = "0.1.0"

/// Where one user's work lies: the cache that can be made again and the reports.
public struct Project: Sendable {
    /// Holds `features.sqlite` and `heads/`.
    public let cache: URL
    /// Holds a folder for each pipeline.
    public let reports: URL
    let store: FeatureStore

    /// Opens the cache, making it if there is none; read-only, it must be there.
    ///
    /// - parameter claimsUse: Whether the cache is said to be used as long as the project is there, for which a process that
    ///   removes what it holds is waited for.
    /// - throws: `FeatureStoreError` when the database cannot be opened, ``CommandError/cannotWrite(path:reason:)`` when the
    ///   directory cannot be made.
    public init(cache: URL, reports: URL, readOnly: Bool = false, claimsUse: Bool = true) throws {
        if !readOnly { try Self.create(cache) }
        self.cache = cache
        self.reports = reports
        let file = cache.appendingPathComponent("features.sqlite")
        let use = claimsUse && !readOnly ? claimingUse(of: file, console: .standardError) : nil
        store = try FeatureStore(at: file, access: readOnly ? .reading : .shared, use: use)
    }

    /// The same places before another store than the cache's own.
    init(cache: URL, reports: URL, store: FeatureStore) {
        (self.cache, self.reports, self.store) = (cache, reports, store)
    }

    /// Where the heads of a pipeline are saved.
    func heads(of pipeline: String) -> URL { cache.appendingPathComponent("heads").appendingPathComponent(pipeline) }

    /// Where the report of a pipeline is written.
    func report(of pipeline: String) -> URL { reports.appendingPathComponent(pipeline) }

    /// Makes a directory and those above it.
    static func create(_ directory: URL) throws {
        try writing(directory) {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        }
    }

    /// Puts a file's bytes into another's place, beside it first, so that no reader ever sees half of them.
    static func copy(_ original: URL, to file: URL) throws { try write(try Data(contentsOf: original), to: file) }

    /// Puts bytes into a file's place, beside it first.
    static func write(_ bytes: Data, to file: URL) throws {
        try writing(file) {
            let (draft, descriptor) = try Draft.file(in: file.deletingLastPathComponent())
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: bytes)
            try handle.close()
            try draft.publish(to: file)
        }
    }

    /// Runs what writes a file or a folder and says of a failure that this cannot be written.
    static func writing<Result>(_ place: URL, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as any DiagnosableError {
            throw error
        } catch {
            throw CommandError.cannotWrite(path: place.relativePath, reason: systemReason(of: error))
        }
    }
}

/// How a command should run; none of it changes a result.
public struct WorkOptions: Sendable {
    /// How many workers embed and train.
    public let jobs: Int
    /// Whether clips that cannot be used are left out instead of stopping the run.
    public let keepGoing: Bool
    /// Where progress is told.
    public let console: Console

    /// Gathers the options of one command.
    public init(jobs: Int, keepGoing: Bool = false, console: Console = .standardError) {
        self.jobs = jobs
        self.keepGoing = keepGoing
        self.console = console
    }
}
