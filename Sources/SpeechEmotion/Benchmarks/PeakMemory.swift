import Foundation

/// The most memory that this program needed, told by what it had done by then.
///
/// All that was resident at one moment counts, touched parts of mapped files too: `VmHWM` of proc(5). The kernel's other
/// figure, `ru_maxrss` of getrusage(2), knows of the program's parent as well, as it was when it started this one.
public struct PeakMemory {
    private var figures: [String] = []

    /// Nothing noted yet.
    public init() {}

    /// Notes the most so far, under the name of what has just ended.
    public mutating func note(_ name: String) {
        figures.append("\(name) \(Self.bytes(ofProcess: "self").map(megabytes) ?? "unknown")")
    }

    /// One line with everything noted.
    public var line: String { "memory   at most: \(figures.joined(separator: ", "))" }

    /// Has the most so far begin anew with what is resident now; where the kernel does not let it, all before still counts.
    static func forget() { try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs")) }

    /// The most that a process has had resident so far, in bytes; nil where there is no such process, or no proc(5).
    static func bytes(ofProcess id: String) -> Int? {
        let status = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { 1024 * $0 }
    }
}

/// Bytes as they are told.
func megabytes(_ bytes: Int) -> String { "\((Double(bytes) / 1e6).fixed(1)) MB" }
