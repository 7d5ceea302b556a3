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
    /// Told, once, how many items other processes have had for more than a second when nothing else is left to do.
    let waits: @Sendable (Int) -> Void

    /// Does on several workers, as ``onWorkers(_:over:makeTool:body:)`` has it, all that nobody else does.
    func run<Tool>(
        _ items: [Item], on workers: Int, makeTool: @Sendable () throws -> Tool,
        body: @Sendable (Item, Tool) throws -> Void
    ) throws {
        let others = Mutex<[Item]>([])
        try onWorkers(workers, over: items, makeTool: makeTool) { item, tool in
            guard let claim = claim(item) else {
                putOff(item)
                return others.withLock { $0.append(item) }
            }
            try withExtendedLifetime(claim) { if try !isDone(item) { try body(item, tool) } }
        }
        var left = others.withLock { $0 }
        while !left.isEmpty {
            let freed = try waitForSome(of: &left)
            guard !freed.isEmpty else { continue }
            try onWorkers(workers, over: freed, makeTool: makeTool) { try body($0.item, $1) }
        }
    }

    private struct Claimed: Sendable {
        let item: Item
        let claim: Claim
    }

    /// Waits until another process has let go of some, takes those out, and returns what it has left undone of them.
    private func waitForSome(of left: inout [Item]) throws -> [Claimed] {
        try waiting(tell: { waits(left.count) }) {
            let freed = left.map { item in claim(item).map { Claimed(item: item, claim: $0) } }
            guard freed.contains(where: { $0 != nil }) else { return nil }
            left = zip(left, freed).filter { $0.1 == nil }.map(\.0)
            return try freed.compactMap { $0 }.filter { try !isDone($0.item) }
        }
    }
}
