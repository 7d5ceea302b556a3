import Foundation
import Reports
import Synchronization

/// Counts finished items and tells how fast they come: a live line on a terminal, a plain line now and then elsewhere.
final class Progress: Sendable {
    private struct State {
        var done = 0
        /// Items that needed no doing here, by who has done them.
        var found: [String: Int] = [:]
        var seconds = 0.0
        var weight = 0.0
        var lastTold: ContinuousClock.Instant
    }

    private let label: String
    private let total: Int
    /// What is counted, in the singular.
    private let noun: String
    /// What has become of an item that is done.
    private let done: String
    /// Whether what is done outlives an interruption.
    private let isKept: Bool
    /// The sum of all items' weights, by which time left is told.
    private let totalWeight: Double
    private let console: Console
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(
        _ label: String, total: Int, of noun: String, done: String, isKept: Bool = true, totalWeight: Double? = nil,
        console: Console
    ) {
        self.label = label
        self.total = total
        self.noun = noun
        self.done = done
        self.isKept = isKept
        self.totalWeight = totalWeight ?? Double(total)
        self.console = console
        state = Mutex(State(lastTold: ContinuousClock.now))
        console.follow { [weak self] command in self?.account(ofInterrupted: command) }
    }

    /// What an interruption of a command has to say of this work.
    private func account(ofInterrupted command: String) -> String {
        let count = "\(state.withLock(\.done)) of \(total) \(noun)s \(done)"
        return isKept
            ? "\(count) and kept; the next `\(command)` goes on from there"
            : "\(count); the next `\(command)` begins them anew"
    }

    /// Counts one item of some weight, with the audio it held in seconds.
    func advance(weight: Double = 1, seconds: Double = 0) {
        state.withLock { state in
            state.done += 1
            state.weight += weight
            state.seconds += seconds
            let now = ContinuousClock.now
            guard now - state.lastTold >= (console.redraws ? .milliseconds(200) : .seconds(15)) else { return }
            state.lastTold = now
            let text = line(state, elapsed: start.duration(to: now).inSeconds)
            if console.redraws { console.live(text) } else { console.line(text) }
        }
    }

    /// Counts one item that came to nothing.
    func skip(weight: Double) { state.withLock { $0.weight += weight } }

    /// Counts one item that has been done already, and says by whom: "by another process".
    func find(_ maker: String, weight: Double = 1) {
        state.withLock { state in
            state.found[maker, default: 0] += 1
            state.weight += weight
        }
    }

    /// Says that this many items are left, all of them with other processes.
    func waits(for count: Int) {
        console.line("  waiting for \(counted(count, noun)) that another process is \(label)")
    }

    /// One line that sums up: how many, in what time, how fast, and how many others have done.
    func summary() -> String {
        let elapsed = start.duration(to: .now).inSeconds
        let (done, seconds, found) = state.withLock { ($0.done, $0.seconds, $0.found) }
        return "\(counted(done, noun)) in \(Self.clock(elapsed))"
            + rates(done: done, seconds: seconds, elapsed: elapsed)
            + found.sorted { $0.key < $1.key }.map { ", \($0.value) \($0.key)" }.joined()
    }

    private func line(_ state: State, elapsed: Double) -> String {
        "  \(label)  \(state.done + state.found.values.reduce(0, +))/\(total) \(noun)s"
            + rates(done: state.done, seconds: state.seconds, elapsed: elapsed)
            + "  \(Self.clock(timeLeft(state, elapsed: elapsed))) left"
    }

    private func rates(done: Int, seconds: Double, elapsed: Double) -> String {
        guard elapsed > 0 else { return "" }
        let items = "  \((Double(done) / elapsed).fixed(1)) \(noun)s/s"
        return seconds > 0 ? items + "  \((seconds / elapsed).fixed(1)) s of audio/s" : items
    }

    private func timeLeft(_ state: State, elapsed: Double) -> Double {
        let share = state.weight / max(totalWeight, 1)
        return share > 0 ? elapsed * max(0, 1 - share) / share : 0
    }

    /// Seconds as `m:ss`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return "\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)"
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

extension Double {
    /// The number with that many digits after the point, whatever the locale.
    func fixed(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
