import Dispatch
import Synchronization

/// Runs one body over many items on a few workers, each of which keeps something of its own between items.
///
/// Items are taken one by one in their order, so that no worker waits for another's batch. The first error thrown stops
/// the taking of further items and is rethrown once the items in flight have ended.
func onWorkers<Item: Sendable, Tool>(
    _ workers: Int, over items: [Item], makeTool: @Sendable () throws -> Tool,
    body: @Sendable (Item, Tool) throws -> Void
) throws {
    let next = Atomic(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(1, min(workers, items.count))) { _ in
        do {
            let tool = try makeTool()
            while failure.withLock({ $0 == nil }) {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                try body(items[index], tool)
            }
        } catch {
            failure.withLock { $0 = $0 ?? error }
        }
    }
    if let error = failure.withLock({ $0 }) { throw error }
}
