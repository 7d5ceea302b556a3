import Diagnosis
import Foundation
import Synchronization

/// Where progress is told: standard error in the program, memory in tests.
///
/// Safe from any thread.
public final class Console: Sendable {
    private let isLive: Bool
    private let write: @Sendable (String) -> Void
    private let hasLiveLine = Mutex(false)

    /// A console that hands each piece of text to `write`; a live one redraws its last line as a terminal can.
    public init(isLive: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isLive = isLive
        self.write = write
    }

    /// Standard error; live when that is a terminal.
    public static let standardError = Console(isLive: isatty(STDERR_FILENO) == 1) { text in
        // A log on a full disk must not end the run.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Tells nothing.
    public static let silent = Console(isLive: false) { _ in }

    /// Whether ``live(_:)`` redraws one line.
    public var redraws: Bool { isLive }

    /// Writes a line that stays.
    public func line(_ text: String) {
        hasLiveLine.withLock { drawn in
            write((drawn ? Self.clearLine : "") + Diagnosis.printable(text) + "\n")
            drawn = false
        }
    }

    /// Redraws the live line; on a console that is not live, writes nothing.
    public func live(_ text: String) {
        guard isLive else { return }
        hasLiveLine.withLock { drawn in
            write(Self.clearLine + Diagnosis.printable(text))
            drawn = true
        }
    }

    /// Takes the live line away, before something else is written to the same terminal.
    public func erase() {
        hasLiveLine.withLock { drawn in
            if drawn { write(Self.clearLine) }
            drawn = false
        }
    }

    private static let clearLine = "\r\u{1b}[K"
}
