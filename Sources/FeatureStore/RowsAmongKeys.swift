import GRDB

extension Database {
    /// Fetches the rows whose key is among `keys`, in as many statements as SQLite's limit on bound values asks for.
    ///
    /// - parameter sql: A query that ends in `IN`; the list follows.
    /// - parameter leading: The values bound before the list.
    func fetchRows<Key: DatabaseValueConvertible>(
        _ sql: String, leading: [any DatabaseValueConvertible] = [], among keys: [Key], _ body: (Row) throws -> Void
    ) throws {
        for start in stride(from: 0, to: keys.count, by: longestList) {
            let chunk = keys[start..<min(start + longestList, keys.count)]
            let list = "(\(databaseQuestionMarks(count: chunk.count)))"
            let values = leading.map(\.databaseValue) + chunk.map(\.databaseValue)
            let rows = try Row.fetchCursor(self, sql: "\(sql) \(list)", arguments: StatementArguments(values))
            while let row = try rows.next() { try body(row) }
        }
    }
}

/// Well below SQLite's limit, 32766 since version 3.32.
private let longestList = 5_000
