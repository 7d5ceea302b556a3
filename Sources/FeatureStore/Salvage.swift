import Foundation
import GRDB

/// Reads what can be read of a damaged database and puts it into a fresh one, row by row, whatever it says: what is wrong
/// in a row is found by its checksum there.
struct Salvage {
    let damaged: Database
    let fresh: Database

    /// The tables with numbered rows, those that others refer to first.
    private static let numbered = ["recipes", "embeddings", "trainings", "answers"]
    private static let keyed = ["epochs", "files", "audio_facts", "ledger"]
    /// The longest stretch of numbers between the first and the last damaged row that is gone through one by one.
    private static let longestGap: Int64 = 100_000

    /// Copies all tables; the recipes' digests come out of their index too.
    func run() throws {
        for table in Self.numbered where try fresh.tableExists(table) { try copyNumbered(table) }
        for table in Self.keyed { try copyKeyed(table) }
        let index = "SELECT id, digest, '\(RecipeRow.unknownFields)' FROM recipes INDEXED BY sqlite_autoindex_recipes_1"
        try skippingDamage { try copy(index, into: "recipes", columns: ["id", "digest", "fields"]) }
    }

    /// Copies from the first row on and from the last row back, as far as each goes, and then tries every number between.
    private func copyNumbered(_ table: String) throws {
        let columns = try columns(of: table)
        let selection = "SELECT \(list(columns)) FROM \(quoted(table)) NOT INDEXED"
        var ends: [Int64?] = []
        for order in ["ASC", "DESC"] {
            var (last, isWhole): (Int64?, Bool) = (nil, false)
            try skippingDamage {
                try copy("\(selection) ORDER BY id \(order)", into: table, columns: columns) {
                    last = (try? $0.decode(Int64.self, atIndex: 0)) ?? last
                }
                isWhole = true
            }
            if isWhole { return }
            ends.append(last)
        }
        // Where neither end has a row, the damage is in what leads to all of them.
        guard let known = ends[0] ?? ends[1] else { return }
        let (first, end) = (ends[0] ?? max(0, known &- Self.longestGap), ends[1] ?? known &+ Self.longestGap)
        for id in stride(from: first &+ 1, to: min(end, first &+ Self.longestGap), by: 1) {
            try skippingDamage {
                try copy("\(selection) WHERE id = ?", arguments: [id], into: table, columns: columns)
            }
        }
    }

    private func copyKeyed(_ table: String) throws {
        let columns = try columns(of: table)
        let key = try fresh.primaryKey(table).columns.map(quoted)
        for order in ["ASC", "DESC"] {
            let order = key.map { "\($0) \(order)" }.joined(separator: ", ")
            try skippingDamage {
                try copy(
                    "SELECT \(list(columns)) FROM \(quoted(table)) ORDER BY \(order)", into: table, columns: columns)
            }
        }
    }

    private func copy(
        _ selection: String, arguments: StatementArguments = StatementArguments(), into table: String,
        columns: [String], _ body: (Row) throws -> Void = { _ in }
    ) throws {
        let insertion = try fresh.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO \(quoted(table)) (\(list(columns)))
                VALUES (\(databaseQuestionMarks(count: columns.count)))
                """)
        let rows = try Row.fetchCursor(try damaged.cachedStatement(sql: selection), arguments: arguments)
        while let row = try rows.next() {
            // A column of the wrong type is refused; the rows after it are not to blame.
            do {
                try insertion.execute(arguments: StatementArguments(row.databaseValues))
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {}
            try body(row)
        }
    }

    private func columns(of table: String) throws -> [String] { try fresh.columns(in: table).map(\.name) }

    private func list(_ columns: [String]) -> String { columns.map(quoted).joined(separator: ", ") }

    private func quoted(_ name: String) -> String { "\"\(name)\"" }

    /// Goes on after damage in the one database; any trouble with the other, such as a full disk, stops the salvage.
    private func skippingDamage(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError where Self.isDamage(error) {}
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [
            .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_NOTADB, .SQLITE_MISMATCH, .SQLITE_SCHEMA, .SQLITE_TOOBIG,
            .SQLITE_NOMEM,
        ]
        .contains(error.resultCode)
    }
}
