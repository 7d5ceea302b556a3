import Diagnosis
import Foundation
import Synchronization

/// Where progress is told: standard error in the program, memory in tests.
///
/// Safe from any thread.
public final class Console: Sendable {
    private let isLive: Bool
    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    private struct State {
        var hasLiveLine = false
        var isClosed = false
        var stage: String?
        var account: (@Sendable (_ command: String) -> String?)?
    }

    /// A console that hands each piece of text to `write`; a live one redraws its last line as a terminal can.
    public init(isLive: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isLive = isLive
        self.write = write
    }

    /// Standard error; live when that is a terminal.
    public static let standardError = Console(isLive: isatty(STDERR_FILENO) == 1) { text in
        StandardError.write(text)
    }

    /// Tells nothing.
    public static let silent = Console(isLive: false) { _ in }

    /// Whether ``live(_:)`` redraws one line.
    public var redraws: Bool { isLive }

    /// Writes a line that stays.
    public func line(_ text: String) { state.withLock { line(text, &$0) } }

    private func line(_ text: String, _ state: inout State) {
        guard !state.isClosed else { return }
        write((state.hasLiveLine ? Self.clearLine : "") + Diagnosis.printable(text) + "\n")
        state.hasLiveLine = false
    }

    /// Redraws the live line; on a console that is not live, writes nothing.
    public func live(_ text: String) {
        guard isLive else { return }
        state.withLock { state in
            guard !state.isClosed else { return }
            write(Self.clearLine + Diagnosis.printable(text))
            state.hasLiveLine = true
        }
    }

    /// Takes the live line away, before something else is written to the same terminal.
    public func erase() {
        state.withLock { state in
            if state.hasLiveLine { write(Self.clearLine) }
            state.hasLiveLine = false
        }
    }

    /// Names the stage that begins, for an interruption.
    func enter(stage: String) {
        state.withLock { state in
            state.stage = stage
            state.account = nil
        }
    }

    /// Takes what is to be said of the present work if the command is interrupted during it.
    func follow(_ account: @escaping @Sendable (_ command: String) -> String?) {
        state.withLock { $0.account = account }
    }

    /// Writes how far the command has come, in the place of the live line, and nothing any more after that.
    ///
    /// - Parameter command: what was interrupted, such as "timbre run".
    public func interrupt(_ command: String) {
        let (stage, account) = state.withLock { ($0.stage, $0.account) }
        let place = stage.map { "interrupted in stage \"\($0)\"" } ?? "interrupted"
        let whole = "`\(command)` did not finish; what was computed before is kept"
        let words = "\(place): \(account?(command) ?? whole)"
        // At once: a worker that waits to tell something would come in between.
        state.withLock { state in
            line(words, &state)
            state.isClosed = true
        }
    }

    private static let clearLine = "\r\u{1b}[K"
}
