import Synchronization

/// Hands on results in their order as soon as all before them are there, whichever order they come in.
final class OrderedOutput<Value: Sendable>: Sendable {
    private struct State {
        var waiting: [Int: Value] = [:]
        var next = 0
    }

    private let state = Mutex(State())
    private let handOn: @Sendable (Value) throws -> Void

    init(_ handOn: @escaping @Sendable (Value) throws -> Void) { self.handOn = handOn }

    /// Takes the result of one place, counted from 0; hands on what no longer waits, one at a time.
    func put(_ value: Value, at place: Int) throws {
        try state.withLock { state in
            state.waiting[place] = value
            while let value = state.waiting.removeValue(forKey: state.next) {
                state.next += 1
                try handOn(value)
            }
        }
    }
}
