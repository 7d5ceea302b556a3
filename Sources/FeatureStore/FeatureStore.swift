import Foundation
import GRDB

/// The cache: one SQLite file that holds what was computed, keyed by content.
///
/// Every call is one transaction, so that a kill at any moment loses at most the clips in flight, and any call may come
/// from any thread.
///
/// Concurrency: GRDB's `DatabasePool` has one connection that writes, fed from a serial queue, and a few that read. The
/// file uses a write-ahead log, because, in the words of the manual, "WAL provides more concurrency as readers do not
/// block writers and a writer does not block readers. Reading and writing can proceed concurrently"
/// (<https://www.sqlite.org/wal.html>). Several processes may share the file; a writer waits for another's
/// transaction, which is short. `synchronous` is NORMAL: the manual says that "WAL mode is always consistent with
/// synchronous=NORMAL, but WAL mode does lose durability. A transaction committed in WAL mode with synchronous=NORMAL
/// might roll back following a power loss or system crash. Transactions are durable across application crashes
/// regardless of the synchronous setting" (<https://www.sqlite.org/pragma.html#pragma_synchronous>). A cache can be
/// made again; waiting for the disk after each clip would be the worse bargain.
///
/// A shard of the cache is written by one process alone, and read by others when it is done: ``StoreAccess`` says how.
public final class FeatureStore: Sendable {
    /// The database file.
    public let file: URL
    /// What was dropped while the store was opened, because it was damaged: after a change of its tables only.
    public let losses: StoreLosses
    let mode: StoreAccess
    /// A store that is only read, for what this one does not hold.
    let elder: FeatureStore?
    private let database: any DatabaseWriter
    private let place: StorePlace
    private let ownership: Ownership?
    /// Says that the store is used, as long as it is there.
    private let use: Claim?

    /// Opens the store, creating it and its directory if need be, and brings its tables up to date.
    ///
    /// - parameter readOnly: Never writes: nothing is created, remembered or dropped.
    /// - throws: ``FeatureStoreError``; a file that is not a store of ours is left untouched.
    public convenience init(at file: URL, readOnly: Bool = false) throws {
        try self.init(at: file, access: readOnly ? .reading : .shared)
    }

    /// Opens the store in another way.
    ///
    /// - parameter elder: A store that is read, never written, for what this one lacks: embeddings, trainings, facts, files.
    /// - parameter use: What ``claimUse(at:)`` has given, to be held as long as the store.
    /// - throws: ``FeatureStoreError``, ``OwnershipError``; a file that is not a store of ours is left untouched.
    public init(at file: URL, access: StoreAccess, before elder: FeatureStore? = nil, use: Claim? = nil) throws {
        self.file = file
        self.use = use
        mode = access
        self.elder = elder
        try Self.checkLinks(beside: file, readOnly: access.isReadOnly)
        try Self.checkOwnership(of: file, readOnly: access.isReadOnly)
        if !access.isReadOnly { try Self.makeDirectory(for: file) }
        // Before the database is opened: what a killed process left half written is then rolled back.
        ownership = access == .alone ? try Ownership(of: file) : nil
        (database, losses) = try Self.whileBusy {
            try translatingErrors(of: file) { try Self.open(file, access) }
        }
        place = try StorePlace(of: file, hasLog: access == .shared)
    }

    /// Whether nothing is ever written.
    var isReadOnly: Bool { mode.isReadOnly }

    /// Gives the file back; nothing may be asked of the store afterwards.
    func close() throws {
        try translatingErrors(of: file) { try database.close() }
    }

    /// Reads within one transaction, which sees the database as it is at its start.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try whereItWasOpened { try database.read(body) }
    }

    /// Writes within one transaction that no other writer interrupts.
    ///
    /// Whether the file is still ours is looked at before it and once more before it is committed.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try ownership?.check()
        return try whereItWasOpened {
            try database.write { database in
                let result = try body(database)
                try ownership?.check()
                return result
            }
        }
    }

    /// What is read of a store that other processes may be writing (``StoreAccess/still``); nil where it seems damaged: pages
    /// may not fit each other then, and what cannot be read is taken as not there.
    public func unlessDamaged<Result>(_ body: (FeatureStore) throws -> Result) throws -> Result? {
        do {
            return try body(self)
        } catch let error as FeatureStoreError where error.isDamage || error == .notSQLite(file: file.path) {
            return nil
        }
    }

    /// Only what is still there afterwards counts: a deleted file takes everything and keeps nothing.
    ///
    /// What fails may fail for the same reason: connections that read are opened when they are needed, by name, and
    /// whatever then has the name may be no database, or one whose log is not there.
    private func whereItWasOpened<Result>(_ body: () throws -> Result) throws -> Result {
        let result = Swift.Result { try translatingErrors(of: file, body) }
        try place.check()
        return try result.get()
    }

    /// Rebuilds the file without the space that removed rows have left, and empties the log.
    public func compact() throws {
        try whereItWasOpened { try database.vacuum() }
        try settle()
    }

    /// Empties the log into the file, for those who read that alone (``StoreAccess/still``).
    public func settle() throws {
        try whereItWasOpened {
            do {
                _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                // Somebody reads on: what he does not need any more has been moved, and the last to close the file moves the rest.
            }
        }
    }
}

extension FeatureStore {
    /// Throws unless a file is a store of ours, or is to become one.
    static func checkOwnership(of file: URL, readOnly: Bool) throws {
        switch try StoreFileHeader(ofPath: file.path) {
        case .empty where readOnly:
            throw FeatureStoreError.absent(file: file.path)
        case .empty, .new:
            break
        case .ours(let version):
            try checkVersion(version, of: file)
        case .damaged(let reason):
            throw FeatureStoreError.damaged(file: file.path, reason: reason)
        case .foreign(let applicationID):
            throw FeatureStoreError.foreign(file: file.path, applicationID: applicationID)
        case .notSQLite:
            throw FeatureStoreError.notSQLite(file: file.path)
        }
    }

    private static func checkVersion(_ version: Int, of file: URL) throws {
        guard version <= Schema.version else {
            throw FeatureStoreError.newerSchema(file: file.path, version: version, known: Schema.version)
        }
    }

    private static func makeDirectory(for file: URL) throws {
        let directory = file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw FeatureStoreError.cannotCreate(
                file: file.path, reason: "the directory \(directory.path) cannot be made")
        }
    }

    private static func open(_ file: URL, _ access: StoreAccess) throws -> (any DatabaseWriter, StoreLosses) {
        let database = try connect(to: file, access)
        let version = try database.read { database in
            let version = try Schema.version(of: database)
            try checkVersion(version, of: file)
            if version > 0 { try SchemaCheck.check(database, file: file.path, steps: version) }
            return version
        }
        guard version < Schema.version else { return (database, StoreLosses()) }
        guard !access.isReadOnly else {
            guard version > 0 else { throw FeatureStoreError.absent(file: file.path) }
            throw FeatureStoreError.olderSchema(file: file.path, version: version, known: Schema.version)
        }
        return (database, try database.write { try Schema.migrate($0, file: file.path) })
    }

    private static func connect(to file: URL, _ access: StoreAccess) throws -> any DatabaseWriter {
        var configuration = Configuration()
        configuration.label = "FeatureStore"
        configuration.readonly = access.isReadOnly
        configuration.busyMode = .callback(waitForOthers)
        configuration.prepareDatabase { database in
            // The file may be a stranger's: no function of its schema's is believed harmless, and every page is looked over.
            try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
            if access == .alone { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            // Readers seldom wait at all: while the log is recovered after a crash, or the last other process ends.
            guard database.configuration.readonly else { return }
            try database.execute(sql: "PRAGMA busy_timeout = \(Int(busyTimeout * 1000))")
        }
        switch access {
        case .shared, .reading: return try DatabasePool(path: file.path, configuration: configuration)
        case .alone, .still:
            return try DatabaseQueue(path: try access.name(of: file), configuration: configuration)
        }
    }

    /// Tries again while another process is opening the same file.
    ///
    /// SQLite does not wait when waiting might be for ever, which turning on the write-ahead log at the same moment in
    /// two processes looks like.
    private static func whileBusy<Result>(_ body: () throws -> Result) throws -> Result {
        let deadline = ContinuousClock.now + .seconds(busyTimeout)
        while true {
            do {
                return try body()
            } catch FeatureStoreError.busy where .now < deadline {
                usleep(10_000)
            }
        }
    }

    /// Waits for a moment until another connection's transaction has ended; false when that has gone on for too long.
    ///
    /// SQLite's own way is to sleep longer each time, up to a tenth of a second, by which whoever has waited longest is
    /// the least likely to be next.
    @Sendable private static func waitForOthers(tries: Int) -> Bool {
        usleep(UInt32(busyPause * 1e6))
        return Double(tries) * busyPause < busyTimeout
    }

    /// Seconds to wait for another process's transaction.
    private static let busyTimeout: TimeInterval = 60

    /// Seconds between two looks whether it has ended.
    private static let busyPause: TimeInterval = 0.002
}
