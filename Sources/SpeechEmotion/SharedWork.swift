import FeatureStore
import Synchronization

/// Items that other processes may be working through at the same time, so that each is done by one of them.
///
/// Whoever takes an item claims it. One that another process has claimed is put off; at the end, items put off are waited
/// for, and done here if the other failed or died.
struct SharedWork<Item: Sendable>: Sendable {
    /// Claims an item; nil while another process has it.
    let claim: @Sendable (Item) -> Claim?
    /// Whether a claimed item has been done meanwhile; asked once for each.
    let isDone: @Sendable (Item) throws -> Bool
    /// Told of each item that is put off.
    var putOff: @Sendable (Item) -> Void = { _ in }
    /// Told how many items other processes have had for more than a second when nothing else is left to do; again, where some
    /// of them were let go in between.
    let waits: @Sendable (Int) -> Void

    /// Does on several workers, as ``onWorkers(_:over:makeTool:body:)`` has it, all that nobody else does.
    func run<Tool>(
        _ items: [Item], on workers: Int, makeTool: @Sendable () throws -> Tool,
        body: @Sendable (Item, Tool) throws -> Void
    ) throws {
        var left = try doUnclaimed(items, on: workers, makeTool: makeTool, putOff: putOff, body: body)
        while !left.isEmpty {
            waitForAny(of: left)
            left = try doUnclaimed(left, on: workers, makeTool: makeTool, putOff: { _ in }, body: body)
        }
    }

    /// Does what no other process has claimed and returns the rest.
    ///
    /// A claim is an open file, of which a process may have few: each worker holds the one that it works under.
    private func doUnclaimed<Tool>(
        _ items: [Item], on workers: Int, makeTool: @Sendable () throws -> Tool, putOff: @Sendable (Item) -> Void,
        body: @Sendable (Item, Tool) throws -> Void
    ) throws -> [Item] {
        let others = Mutex<[Item]>([])
        try onWorkers(workers, over: items, makeTool: makeTool) { item, tool in
            guard let claim = claim(item) else {
                putOff(item)
                return others.withLock { $0.append(item) }
            }
            try withExtendedLifetime(claim) { if try !isDone(item) { try body(item, tool) } }
        }
        return others.withLock { $0 }
    }

    /// Waits until another process has let go of one.
    private func waitForAny(of items: [Item]) {
        waiting(tell: { waits(items.count) }) { items.contains { claim($0) != nil } ? true : nil }
    }
}
