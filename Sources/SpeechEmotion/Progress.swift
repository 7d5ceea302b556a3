import Foundation
import Synchronization

/// Counts finished items and tells how fast they come: a live line on a terminal, a plain line now and then elsewhere.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var seconds = 0.0
        var weight = 0.0
        var lastTold: ContinuousClock.Instant
    }

    private let label: String
    private let total: Int
    /// What is counted, in the singular.
    private let noun: String
    /// The sum of all items' weights, by which time left is told.
    private let totalWeight: Double
    private let console: Console
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    init(_ label: String, total: Int, of noun: String, totalWeight: Double? = nil, console: Console) {
        self.label = label
        self.total = total
        self.noun = noun
        self.totalWeight = totalWeight ?? Double(total)
        self.console = console
        state = Mutex(State(lastTold: ContinuousClock.now))
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

    /// One line that sums up: how many, in what time, how fast.
    func summary() -> String {
        let elapsed = start.duration(to: .now).inSeconds
        let (done, seconds) = state.withLock { ($0.done, $0.seconds) }
        return "\(done) \(done == 1 ? noun : noun + "s") in \(Self.clock(elapsed))"
            + rates(done: done, seconds: seconds, elapsed: elapsed)
    }

    private func line(_ state: State, elapsed: Double) -> String {
        "  \(label)  \(state.done)/\(total) \(noun)s"
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
    private static func clock(_ seconds: Double) -> String {
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
