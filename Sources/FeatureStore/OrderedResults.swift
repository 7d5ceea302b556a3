import Synchronization

/// Results that workers fetch indexes for and finish in any order.
final class OrderedResults<Value: Sendable>: Sendable {
    private struct State {
        var next = 0
        var finished: [Result<Value, any Error>?]
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(finished: Array(repeating: nil, count: count)))
    }

    /// The next index that no worker has taken; nil when all are.
    func nextIndex() -> Int? {
        state.withLock { state in
            guard state.next < state.finished.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func finish(_ index: Int, _ result: Result<Value, any Error>) {
        state.withLock { $0.finished[index] = result }
    }

    /// Every result in order; to be asked when the workers are done.
    var all: [Result<Value, any Error>] {
        state.withLock { state in
            let all = state.finished.compactMap { $0 }
            precondition(
                all.count == state.finished.count, "expected \(state.finished.count) results, have \(all.count)")
            return all
        }
    }
}
