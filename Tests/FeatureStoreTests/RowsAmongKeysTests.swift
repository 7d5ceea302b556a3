import GRDB
import Testing

@testable import FeatureStore

@Suite struct RowsAmongKeysTests {
    @Test(arguments: [0, 1, 5_000, 12_345])
    func everyKeyIsFoundOnce(count: Int) throws {
        try DatabaseQueue().write { database in
            try database.execute(sql: "CREATE TABLE numbers (kind TEXT, number INTEGER)")
            let insertion = try database.makeStatement(sql: "INSERT INTO numbers VALUES ('a', ?), ('b', ?)")
            for number in 0..<count { try insertion.execute(arguments: [number, number]) }
            var found: [Int] = []
            let sql = "SELECT number FROM numbers WHERE kind = ? AND number IN"
            try database.fetchRows(sql, leading: ["a"], among: Array(-5..<count)) { row in
                found.append(try row.decode(atIndex: 0))
            }
            #expect(found.sorted() == Array(0..<count))
        }
    }
}
