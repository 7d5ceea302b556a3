import Foundation
import Synchronization

/// Tells how far a download is: a live bar on a terminal, a plain line now and then elsewhere.
final class ByteProgress: Sendable {
    private struct State {
        var bytes: Int?
        /// What an earlier run had left.
        var start = 0
        var lastTold: ContinuousClock.Instant
    }

    private let name: String
    private let total: Int?
    private let console: Console
    private let begin = ContinuousClock.now
    private let state: Mutex<State>

    init(_ name: String, total: Int?, console: Console) {
        (self.name, self.total, self.console) = (name, total, console)
        state = Mutex(State(lastTold: begin))
        console.follow { [weak self] command in self?.account(ofInterrupted: command) }
    }

    /// Takes how many bytes are there; what the first call says was there before.
    func advance(to bytes: Int) {
        let line: String? = state.withLock { state in
            guard state.bytes != nil else {
                (state.bytes, state.start) = (bytes, bytes)
                return nil
            }
            state.bytes = bytes
            let now = ContinuousClock.now
            guard now - state.lastTold >= (console.redraws ? .milliseconds(200) : .seconds(15)) else { return nil }
            state.lastTold = now
            return self.line(state, seconds: begin.duration(to: now).inSeconds)
        }
        if let line { console.redraws ? console.live(line) : console.line(line) }
    }

    /// One line that sums up: how much, in what time, how fast.
    func summary() -> String {
        let seconds = begin.duration(to: .now).inSeconds
        let (bytes, start) = state.withLock { ($0.bytes ?? 0, $0.start) }
        let before = start > 0 ? ", \(start.megabytes) of them by an earlier run" : ""
        return "\(name): \(bytes.megabytes) in \(Progress.clock(seconds))\(rate(bytes - start, seconds))\(before)"
    }

    private func account(ofInterrupted command: String) -> String {
        let bytes = state.withLock { $0.bytes ?? 0 }
        let whole = total.map { " of \($0.megabytes)" } ?? ""
        return "\(bytes.megabytes)\(whole) of \(name) downloaded and kept; the next `\(command)` goes on from there"
    }

    private func line(_ state: State, seconds: Double) -> String {
        let bytes = state.bytes ?? 0
        let speed = rate(bytes - state.start, seconds)
        guard let total, total > 0 else { return "  \(name)  \(bytes.megabytes)\(speed)" }
        let left = bytes > state.start ? seconds * Double(total - bytes) / Double(bytes - state.start) : 0
        return "  \(name)  \(bar(Double(bytes) / Double(total)))\(bytes.megabytes) of \(total.megabytes)\(speed)"
            + (bytes > state.start ? "  \(Progress.clock(left)) left" : "")
    }

    private func rate(_ bytes: Int, _ seconds: Double) -> String {
        seconds > 0 ? "  \((Double(bytes) / seconds / 1e6).fixed(1)) MB/s" : ""
    }

    /// Twenty places wide; none where lines stay, in which nothing moves.
    private func bar(_ share: Double) -> String {
        let full = Int((20 * share).rounded(.down))
        return console.redraws
            ? "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full) + "]  " : ""
    }
}

extension Int {
    /// "208.5 MB", or "1.8 kB" where it is less than one.
    var megabytes: String {
        self < 1_000_000 ? "\((Double(self) / 1e3).fixed(1)) kB" : "\((Double(self) / 1e6).fixed(1)) MB"
    }
}
