import Foundation

/// Whether the tests run under a sanitizer, which `make test-sanitize` says.
public enum Sanitizer {
    /// The sanitizer's name; nil in `make test`.
    public static let name = ProcessInfo.processInfo.environment["TIMBRE_SANITIZER"]

    /// Whether memory and time are the program's own.
    public static let isOff = name == nil

    /// Why a test of either is left out.
    public static let skipped = "memory and time are the sanitizer's, not the program's"

    /// Whether a program may be run under `ulimit -f`: ThreadSanitizer keeps its own memory in a file, which such a limit forbids.
    public static let allowsFileLimits = !(name ?? "").hasPrefix("thread")

    /// Why a test of such a limit is left out.
    public static let fileLimitsSkipped = "ThreadSanitizer keeps its own memory in a file"
}
