import Testing

@testable import Reports

@Suite struct CSVRowsTests {
    @Test(arguments: [
        "", "plain", "a,b", "say \"a\"", "two\nlines", "two\r\nlines", "=1+1", "'quoted", "-", "\r=1", "ü", "'\u{301}a",
        "\u{1b}]0;x\u{7}", "\\u{1b}", "\\u{5c}u{1b}", "\\\u{1b}", "a;=1", "a;\"=1;b", "\u{e0001}", "\u{2028}",
        "\u{FF0B}1",
        "\\u{41}",
    ])
    func everyTextComesBackAsItWasWritten(_ text: String) throws {
        let table = CSVTable(columns: ["first", "second"], rows: [[text, "x"], ["y", text]])
        let rows = try CSVRows(table.text)
        #expect(rows.header == ["first", "second"])
        #expect(rows.rows.map(\.fields) == [[text, "x"], ["y", text]])
    }

    @Test func rowsKnowTheLineTheyBeginOn() throws {
        let rows = try CSVRows("a,b\n\"1\n2\",3\n\n4,5")
        #expect(rows.rows.map(\.line) == [2, 5])
    }

    @Test func otherLineEndsAndAByteOrderMarkArePassedOver() throws {
        let rows = try CSVRows("\u{FEFF}a,b\r\n1,2\r\n")
        #expect(rows.header == ["a", "b"])
        #expect(rows.rows.map(\.fields) == [["1", "2"]])
    }

    @Test(arguments: [("a\n\"open", 2), ("a\n\n\"x\"y", 3), ("\"", 1)]) func aQuoteThatDoesNotEndIsAFault(
        _ text: String, line: Int
    ) {
        #expect(throws: CSVFault(line: line)) { try CSVRows(text) }
    }

    @Test func lineBreaksWithinQuotesAreRead() throws {
        #expect(try CSVRows("a\n\"two\r\nlines\"\n").rows.map(\.fields) == [["two\r\nlines"]])
    }

    @Test func nothingIsNoRows() throws {
        #expect(try CSVRows("").header.isEmpty)
        #expect(try CSVRows("\n\n").rows.isEmpty)
    }
}
