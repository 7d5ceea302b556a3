import Foundation
import Synchronization

/// A file or a folder while it is written: beside its place, which it takes when all of it is there.
///
/// It is removed when it is dropped without that, when an interruption ends the program, and, where the program was killed, by
/// the next one that begins a draft in the same folder or looks after it (``removeAbandoned(in:)``): its name tells whether its
/// writer lives. Errors are `POSIXError`.
public final class Draft: Sendable {
    /// Where it is written.
    public let url: URL

    private init(at path: String) { url = URL(fileURLWithPath: path) }

    deinit { discard() }

    /// Begins a file, open for writing; closing it is the caller's business.
    public static func file(in folder: URL) throws -> (draft: Draft, descriptor: Int32) {
        try begin(in: folder) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    }

    /// Begins an empty folder.
    public static func folder(in folder: URL) throws -> Draft {
        try begin(in: folder) { mkdir($0, 0o777) }.draft
    }

    /// Puts it into its place, whose file, if any, it replaces.
    public func publish(to place: URL) throws {
        try Living.change { living in
            guard rename(url.path, place.path) == 0 else { throw lastError() }
            living.paths.remove(url.path)
        }
    }

    /// Puts it into its place and waits until the disk knows: a power cut afterwards does not take it back.
    public func publishForGood(to place: URL) throws {
        try publish(to: place)
        let folder = open(place.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw lastError() }
        defer { close(folder) }
        // Not every file system has a way to say this of a folder.
        guard fsync(folder) == 0 || errno == EINVAL else { throw lastError() }
    }

    /// Removes it, unless it has been published.
    public func discard() {
        let isThere = Living.change { $0.paths.remove(url.path) != nil }
        if isThere { remove(url.path) }
    }

    /// Removes every draft of this process, for its end: whoever begins, publishes or discards one from now on waits for ever.
    public static func discardAll() { Living.end() }

    /// Removes what writers that are no more have left in a folder; looked for once by each process.
    public static func removeAbandoned(in folder: URL) {
        guard Living.change({ $0.searched.insert(folder.path).inserted }) else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard let draft = DraftName(name) else { continue }
            let path = folder.appendingPathComponent(name).path
            let isOurs = Living.change { $0.paths.contains(path) }
            if draft.isAbandoned(at: path, isOurs: isOurs) { remove(path) }
        }
    }

    private static func begin(in folder: URL, _ create: (String) -> Int32) throws -> (draft: Draft, descriptor: Int32) {
        removeAbandoned(in: folder)
        return try Living.change { living in
            while true {
                living.count += 1
                let path = folder.appendingPathComponent(DraftName(number: living.count).text).path
                let result = create(path)
                if result < 0 && errno == EEXIST { continue }
                guard result >= 0 else { throw lastError() }
                living.paths.insert(path)
                return (Draft(at: path), result)
            }
        }
    }
}

/// The drafts of this process.
private struct Living {
    var paths: Set<String> = []
    /// Folders that have been searched for abandoned ones.
    var searched: Set<String> = []
    var count: UInt = 0
    var isOver = false

    private static let shared = Mutex(Living())

    /// Creating, renaming and forgetting happen under one lock, so that the end misses nothing.
    static func change<Result: Sendable>(_ body: (inout Living) throws -> Result) rethrows -> Result {
        let result: Result? = try shared.withLock { living in
            guard !living.isOver else { return nil }
            return try body(&living)
        }
        while true {
            if let result { return result }
            pause()
        }
    }

    /// Each is renamed first, so that threads that write on into it find it gone and add nothing while it is removed.
    static func end() {
        shared.withLock { living in
            living.isOver = true
            for path in living.paths {
                living.count += 1
                let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
                let aside = folder.appendingPathComponent(DraftName(number: living.count).text).path
                remove(rename(path, aside) == 0 ? aside : path)
            }
        }
    }
}

/// Removes a file or a folder, into which another thread may still be writing.
private func remove(_ path: String) {
    for _ in 0..<3 where (try? FileManager.default.removeItem(atPath: path)) == nil {
        guard FileManager.default.fileExists(atPath: path) else { return }
    }
}

private func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
