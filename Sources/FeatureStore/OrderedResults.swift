import Foundation

/// Results that workers fetch indexes for and finish in any order.
final class OrderedResults<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var next = 0
    private var finished: [Result<Value, any Error>?]

    init(count: Int) {
        finished = Array(repeating: nil, count: count)
    }

    /// The next index that no worker has taken; nil when all are.
    func nextIndex() -> Int? {
        lock.withLock {
            guard next < finished.count else { return nil }
            defer { next += 1 }
            return next
        }
    }

    func finish(_ index: Int, _ result: Result<Value, any Error>) {
        lock.withLock { finished[index] = result }
    }

    /// Every result in order; to be asked when the workers are done.
    var all: [Result<Value, any Error>] {
        lock.withLock {
            let all = finished.compactMap { $0 }
            precondition(all.count == finished.count, "expected \(finished.count) results, have \(all.count)")
            return all
        }
    }
}
