import Diagnosis
import Drafts
import Foundation

/// Says that this process alone writes a file, on file systems whose locks cannot be relied on, as over NFS.
///
/// An owner's file beside it, made so that one of two can make it, names the machine (the kernel's boot and the process's
/// namespace) and the process. On the same machine a process that is no more has left it behind, and it is taken over at once.
/// Seen from elsewhere, a living owner touches it every ten seconds; one that has been still for ``patience`` is taken over.
/// An owner that was only asleep finds that out before its next transaction and stops (``check()``).
///
/// One that sleeps in the middle of a commit is the exception: whoever takes the file over rolls back the journal of that
/// transaction under it, and what the sleeper still writes when it wakes lands among the new owner's pages. Rows' checksums
/// and SQLite's own checks find that later; nothing here prevents it.
///
/// Nothing is locked. Two that take over a dead owner's file at the same moment both believe they have it, until the one that
/// was first looks again.
final class Ownership: Sendable {
    private let place: URL
    private let owner: ShardOwner

    /// How long an owner elsewhere may be still.
    static let patience: TimeInterval = 45
    private static let beat: TimeInterval = 10

    /// Takes a file.
    ///
    /// - throws: ``OwnershipError/taken(file:owner:)`` while another process has it, ``OwnershipError/cannotClaim(file:reason:)``.
    init(of file: URL, patience: TimeInterval = Ownership.patience) throws {
        place = Self.place(of: file)
        owner = ShardOwner()
        try take(file, patience: patience)
        keepTouching(place, as: owner)
    }

    deinit {
        if (try? isMine()) == true { unlink(place.path) }
    }

    /// The owner's file beside a file.
    static func place(of file: URL) -> URL { URL(fileURLWithPath: file.path + "-owner") }

    /// Throws ``OwnershipError/lost(file:)`` once another process has taken the file over, and
    /// ``OwnershipError/cannotRead(file:reason:)`` where that cannot be told.
    func check() throws {
        guard try isMine() else { throw OwnershipError.lost(file: place.path) }
    }

    private func isMine() throws -> Bool {
        let note = OwnerNote(at: place)
        if case .unreadable(let code) = note {
            throw OwnershipError.cannotRead(file: place.path, reason: String(cString: strerror(code)))
        }
        return !note.isLoss(to: owner)
    }

    private func take(_ file: URL, patience: TimeInterval) throws {
        while true {
            if try create() { return }
            let (found, touched) = (ShardOwner(at: place), ShardOwner.touched(at: place))
            if found?.isGone == true { return try takeOver(file) }
            // Gone meanwhile, or not to be read.
            if found == nil, touched == nil, try create() { return }
            guard found?.isElsewhere ?? (touched != nil) else { throw taken(file, by: found) }
            switch watch(found, touched: touched, until: .now + .seconds(patience)) {
            case .gone: continue
            case .alive: throw taken(file, by: found)
            case .still: return try takeOver(file)
            }
        }
    }

    /// What an owner elsewhere turns out to be.
    private enum Sight { case gone, alive, still }

    /// Watches an owner elsewhere until it shows itself, ends, or has been still for long enough.
    ///
    /// By a clock that nobody sets: one that is put forward would make a living owner look still.
    private func watch(_ found: ShardOwner?, touched: Int64?, until deadline: ContinuousClock.Instant) -> Sight {
        while .now < deadline {
            usleep(200_000)
            if ShardOwner.touched(at: place) == touched, ShardOwner(at: place) == found { continue }
            switch OwnerNote(at: place) {
            case .absent: return .gone
            case .unreadable: continue
            case .illegible, .owner: return .alive
            }
        }
        return .still
    }

    private func taken(_ file: URL, by owner: ShardOwner?) -> OwnershipError {
        .taken(file: file.path, owner: owner?.words ?? "a process that does not say which")
    }

    /// Makes the owner's file; false where there is one.
    private func create() throws -> Bool {
        let descriptor = open(place.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw OwnershipError.cannotClaim(file: place.path, reason: String(cString: strerror(errno)))
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try naming(place) { try handle.write(contentsOf: Data(owner.text.utf8)) }
        return true
    }

    private func takeOver(_ file: URL) throws {
        try naming(place) {
            let (draft, descriptor) = try Draft.file(in: place.deletingLastPathComponent())
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: Data(owner.text.utf8))
            try handle.close()
            try draft.publish(to: place)
        }
        usleep(50_000)
        guard try isMine() else { throw taken(file, by: ShardOwner(at: place)) }
    }

    private func naming(_ place: URL, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as any DiagnosableError {
            throw error
        } catch {
            throw OwnershipError.cannotClaim(file: place.path, reason: error.localizedDescription)
        }
    }

    /// Until the owner's file is another's or gone; one that cannot be read for a moment is neither.
    private func keepTouching(_ place: URL, as owner: ShardOwner) {
        Thread.detachNewThread {
            while true {
                let note = OwnerNote(at: place)
                if note.isLoss(to: owner) { return }
                if note == .owner(owner) { utimensat(AT_FDCWD, place.path, nil, AT_SYMLINK_NOFOLLOW) }
                Thread.sleep(forTimeInterval: Self.beat)
            }
        }
    }
}

/// What is found where an owner's file is to be.
enum OwnerNote: Equatable {
    /// No file.
    case absent
    /// A file that cannot be read, now at least: the system's error number.
    case unreadable(Int32)
    /// A file that names nobody.
    case illegible
    /// A file that names an owner.
    case owner(ShardOwner)

    init(at place: URL) {
        let descriptor = open(place.path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            self = errno == ENOENT ? .absent : .unreadable(errno)
            return
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else {
            self = .unreadable(errno)
            return
        }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        self = ShardOwner(text: text).map(OwnerNote.owner) ?? .illegible
    }

    /// Whether somebody who owned the file does not any more; what cannot be read does not say so.
    func isLoss(to owner: ShardOwner) -> Bool {
        switch self {
        case .absent, .illegible: true
        case .unreadable: false
        case .owner(let found): found != owner
        }
    }
}

/// Which process owns a file: what its owner's file says, five words in a line.
struct ShardOwner: Equatable {
    /// What people call the machine.
    let host: String
    /// The boot of the kernel and the namespace in which the number is the process's.
    let machine: String
    let process: Int32
    /// When the process began, in the kernel's ticks since its boot: numbers are given out again.
    let start: String
    /// No two owners have the same, though all else be.
    let mark: String

    /// This process.
    init() {
        host = ProcessInfo.processInfo.hostName.filter { !$0.isWhitespace }
        machine = Self.machineHere
        process = getpid()
        start = Self.start(of: process) ?? "-"
        mark = UUID().uuidString
    }

    /// What an owner's file says; nil where there is none, it cannot be read or it says something else.
    init?(at place: URL) {
        guard case .owner(let owner) = OwnerNote(at: place) else { return nil }
        self = owner
    }

    /// Reads what ``text`` gives; nil for anything else.
    init?(text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 5, let process = Int32(words[2]) else { return nil }
        self.process = process
        (host, machine, start, mark) = (words[0], words[1], words[3], words[4])
    }

    var text: String { "\(host) \(machine) \(process) \(start) \(mark)\n" }

    /// The owner as messages name it.
    var words: String { "process \(process) on \(host)" }

    /// Whether nothing here tells if the process lives.
    var isElsewhere: Bool { machine != Self.machineHere }

    /// Whether the process was here and is no more.
    var isGone: Bool { !isElsewhere && Self.start(of: process) != start }

    /// When an owner's file was touched last, in nanoseconds of the machine that keeps it.
    static func touched(at place: URL) -> Int64? {
        // Opened, because over NFS that asks the server.
        let descriptor = open(place.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return (try? FileStamp(ofDescriptor: descriptor, path: place.path))?.modified
    }

    private static let machineHere: String = {
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        return "\(boot?.filter { !$0.isWhitespace } ?? "unknown")/\(space ?? "pid")"
    }()

    /// The 22nd field of the process's line; the second may hold anything, in brackets.
    private static func start(of process: Int32) -> String? {
        guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let bracket = line.lastIndex(of: ")")
        else { return nil }
        let fields = line[line.index(after: bracket)...].split(separator: " ")
        return fields.count > 19 && !fields[0].hasPrefix("Z") ? String(fields[19]) : nil
    }
}

/// Why a file that one process writes alone cannot be had.
public enum OwnershipError: DiagnosableError, Equatable {
    /// Another process writes the file.
    case taken(file: String, owner: String)
    /// Another process has taken the file over, because this one was still for long.
    case lost(file: String)
    /// The owner's file cannot be read, so that nobody knows who has the file.
    case cannotRead(file: String, reason: String)
    /// The owner's file cannot be made.
    case cannotClaim(file: String, reason: String)

    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .taken(let file, let owner):
            Diagnosis(
                "another process writes this file", place: file, found: owner, expected: "one writer",
                remedy: "wait until it ends; or, if it is no more, rm \(Diagnosis.shellWord(file + "-owner"))",
                exit: .cannotCreate)
        case .lost(let file):
            Diagnosis(
                "another process has taken this file over", place: file, found: "another owner",
                expected: "an owner that is awake every \(Int(Ownership.patience)) seconds",
                remedy: "leave it to the other; what was stored before is kept", exit: .inputOutput)
        case .cannotRead(let file, let reason):
            Diagnosis(
                "cannot read the file that keeps other writers out", place: file, found: reason,
                expected: "the name of this process",
                remedy: "run again when ls -l \(Diagnosis.shellWord(file)) works; what was stored before is kept",
                exit: .inputOutput)
        case .cannotClaim(let file, let reason):
            Diagnosis(
                "cannot make the file that keeps other writers out", place: file, found: reason,
                expected: "a directory that may be written",
                remedy: "ls -ld \(Diagnosis.shellWord(URL(fileURLWithPath: file).deletingLastPathComponent().path))",
                exit: .cannotCreate)
        }
    }
}
