import FeatureStore
import Synchronization

/// The tables that trainings share: each is read when the first of its heads is due and let go after the last, so that
/// memory does not grow with the grid.
final class FeatureTables: Sendable {
    private struct Shelf {
        var tables: [FeatureTable.Name: FeatureTable] = [:]
        var due: [FeatureTable.Name: Int]
    }

    private let read: @Sendable (FeatureTable.Name) throws -> FeatureTable
    private let shelf: Mutex<Shelf>

    /// - Parameter names: the table that each training needs.
    init(
        neededBy names: [FeatureTable.Name], read: @escaping @Sendable (FeatureTable.Name) throws -> FeatureTable
    ) {
        self.read = read
        shelf = Mutex(Shelf(due: names.reduce(into: [:]) { $0[$1, default: 0] += 1 }))
    }

    /// Hands a table to one training; others wait while it is read.
    func use<Result>(_ name: FeatureTable.Name, _ body: (FeatureTable) throws -> Result) throws -> Result {
        defer { letGo(name) }
        return try body(try table(name))
    }

    private func table(_ name: FeatureTable.Name) throws -> FeatureTable {
        try shelf.withLock { shelf in
            if let table = shelf.tables[name] { return table }
            let table = try read(name)
            shelf.tables[name] = table
            return table
        }
    }

    /// Says that a training needs its table no more, or not for now: asked for again, the table is read again.
    func letGo(_ name: FeatureTable.Name) {
        shelf.withLock { shelf in
            shelf.due[name, default: 0] -= 1
            if shelf.due[name, default: 0] <= 0 { shelf.tables[name] = nil }
        }
    }
}
