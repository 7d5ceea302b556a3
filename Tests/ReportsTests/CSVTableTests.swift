import Testing

@testable import Reports

@Suite struct CSVTableTests {
    @Test func quotesSeparatorsAndQuotes() {
        #expect(CSVField.text("a,b").written == "\"a,b\"")
        #expect(CSVField.text("say \"a\"").written == "\"say \"\"a\"\"\"")
        #expect(CSVField.text("plain text").written == "plain text")
        #expect(CSVField.text("").written == "")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@sum", "\u{FF1D}1", "=\u{338}1", "'quoted", "'\u{301}"])
    func textThatASpreadsheetWouldRunIsDefused(
        _ text: String
    ) {
        #expect(CSVField.text(text).written == "'" + text)
    }

    @Test(arguments: [
        ("two\nlines", "two\\u{a}lines"), ("\r\n=1", "\\u{d}\\u{a}=1"), ("\t=1", "\\u{9}=1"),
        ("\u{1b}[2J", "\\u{1b}[2J"),
        ("a\u{202e}b", "a\\u{202e}b"), ("\\u{1b}", "\\u{5c}u{1b}"), ("a\\b", "a\\b"), ("a;=1", "a\\u{3b}=1"),
        ("a;\"=1+1;b", "\"a\\u{3b}\"\"=1+1;b\""), ("a;b", "a;b"),
    ]) func whatSteersADisplayOrASpreadsheetIsEscaped(_ text: String, _ written: String) {
        #expect(CSVField.text(text).written == written)
    }

    @Test func aDashByItselfIsNoFormula() {
        #expect(CSVField.text("-").written == "-")
    }

    @Test func numbersAreNeverChanged() {
        #expect(CSVField.number(-0.25).written == "-0.25")
        #expect(CSVField.integer(-3).written == "-3")
        #expect(CSVField.unsigned(.max).written == "18446744073709551615")
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func aFigureThatIsNoNumberLeavesItsFieldEmpty(
        _ figure: Double
    ) {
        #expect(CSVField.number(figure).written == "")
        #expect(CSVField.single(Float(figure)).written == "")
    }

    @Test func numbersHaveTheShortestDigitsThatGiveThemBack() {
        #expect(CSVField.number(1.0 / 3).written == "0.3333333333333333")
        #expect(CSVField.single(0.1).written == "0.1")
        #expect(CSVField.number(1e-4).written == "0.0001")
        #expect(CSVField.number(nil).written == "")
    }

    @Test func rowsEndWithOneLineFeed() {
        var table = CSVTable(columns: ["a", "b"])
        table.append([.integer(1), .text("x")])
        #expect(table.text == "a,b\n1,x\n")
    }

    @Test func aRowByItselfIsThatOfATable() {
        #expect(CSVTable.row([.text("a,b"), .number(nil), .integer(1)]) == "\"a,b\",,1\n")
    }
}
