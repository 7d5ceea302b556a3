import Foundation

/// How hard the tests of what README promises try to break it: a little in `make test`, as often as its table says in
/// `make promises`.
public enum Trials {
    /// Whether this is `make promises`.
    public static let isFull = ProcessInfo.processInfo.environment["TIMBRE_PROMISES"] == "full"

    /// The number of trials.
    public static func count(_ few: Int, full: Int) -> Int { isFull ? full : few }

    /// Prints what README's table says of a promise: how often it was tried, and what came of it.
    public static func tell(_ promise: String, _ result: String) {
        print("promise  \(promise): \(result)")
    }
}
