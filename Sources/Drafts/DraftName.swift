import Foundation

/// The name of a draft: `.timbre-HOST-PID-NUMBER.partial`, which tells who writes it.
struct DraftName: Equatable {
    /// A hash of what tells the host from others, a container among them: process numbers mean nothing outside.
    var host: UInt32
    var process: pid_t
    /// Tells the drafts of one process apart.
    var number: UInt

    private static let prefix = ".timbre-"
    private static let suffix = ".partial"

    /// Drafts of other hosts are taken for abandoned when nothing has touched them for a day: whether the writer lives
    /// cannot be asked for.
    private static let patience: TimeInterval = 86_400

    /// A name for this process.
    init(number: UInt) {
        (host, process, self.number) = (Self.thisHost, getpid(), number)
    }

    /// Reads a name; nil for what is no draft.
    init?(_ name: String) {
        guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
        let fields = name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 3, let host = UInt32(fields[0], radix: 16), let process = pid_t(fields[1]), process > 0,
            let number = UInt(fields[2])
        else { return nil }
        (self.host, self.process, self.number) = (host, process, number)
    }

    var text: String { "\(Self.prefix)\(String(host, radix: 16))-\(process)-\(number)\(Self.suffix)" }

    /// Whether nobody writes it any more; of a draft of this very process, whether `isOurs` denies it.
    ///
    /// A process number that has been given anew keeps a draft from being removed until that process has ended too.
    func isAbandoned(at path: String, isOurs: Bool) -> Bool {
        guard host == Self.thisHost else { return Self.isOld(path) }
        if process == getpid() { return !isOurs }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    private static func isOld(_ path: String) -> Bool {
        let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return changed.map { $0.timeIntervalSinceNow < -patience } ?? false
    }

    /// FNV-1a of the host's name, of what its system calls itself, and of the namespace that process numbers are from.
    ///
    /// Two containers may share the first, two nodes that are called localhost the last.
    static let thisHost: UInt32 = {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let system = (try? Data(contentsOf: URL(fileURLWithPath: "/etc/machine-id"))) ?? Data()
        let space = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return (host + system + space.utf8).reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }()
}
