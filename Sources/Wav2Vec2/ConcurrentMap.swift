import Dispatch
import Synchronization

/// The results of `body` for 0 ..< count, computed on all cores, in order; throws the error of the lowest index that
/// failed.
func concurrentMap<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> Value) throws -> [Value] {
    let results = Mutex([Int: Result<Value, any Error>]())
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let result = Result { try body(index) }
        results.withLock { $0[index] = result }
    }
    return try results.withLock { found in
        try (0..<count).map { index in
            guard let result = found[index] else { preconditionFailure("item \(index) of \(count) was not computed") }
            return try result.get()
        }
    }
}
