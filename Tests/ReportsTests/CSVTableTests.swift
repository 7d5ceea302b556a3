import Testing

@testable import Reports

@Suite struct CSVTableTests {
    @Test func quotesSeparatorsQuotesAndLineBreaks() {
        #expect(CSVField.text("a,b").written == "\"a,b\"")
        #expect(CSVField.text("say \"a\"").written == "\"say \"\"a\"\"\"")
        #expect(CSVField.text("two\nlines").written == "\"two\nlines\"")
        #expect(CSVField.text("two\r\nlines").written == "\"two\r\nlines\"")
        #expect(CSVField.text("plain text").written == "plain text")
        #expect(CSVField.text("").written == "")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@sum", "\ttab", "'quoted"]) func textThatASpreadsheetWouldRunIsDefused(
        _ text: String
    ) {
        #expect(CSVField.text(text).written == "'" + text)
    }

    @Test func aCarriageReturnInFrontIsDefusedAndQuoted() {
        #expect(CSVField.text("\r=1").written == "\"'\r=1\"")
        #expect(CSVField.text("\r\n=1").written == "\"'\r\n=1\"")
    }

    @Test func aDashByItselfIsNoFormula() {
        #expect(CSVField.text("-").written == "-")
    }

    @Test func numbersAreNeverChanged() {
        #expect(CSVField.number(-0.25).written == "-0.25")
        #expect(CSVField.integer(-3).written == "-3")
        #expect(CSVField.unsigned(.max).written == "18446744073709551615")
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
