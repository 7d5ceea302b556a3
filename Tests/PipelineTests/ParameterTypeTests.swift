import Diagnosis
import TestSupport
import Testing

@testable import Pipeline

private enum Schedule: String, CaseIterable, Sendable { case constant, linear, cosine }

@Suite struct ParameterTypeTests {
    private func read<Value>(_ text: String, _ type: ParameterType<Value>) throws -> Value {
        try reader("x: \(text)").required("x", type)
    }

    private func expectRefusal<Value>(
        of text: String, as type: ParameterType<Value>, found: String, expected: String, remedy: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            wrong value for 'x'
              where:    x.yaml:5:8 (heads.x)
                        5 |     x: \(text)
              found:    \(found)
              expected: \(expected)
            """ + (remedy.map { "\n  try:      \($0)" } ?? ""), exit: .badData, sourceLocation: sourceLocation
        ) { try read(text, type) }
    }

    @Test func textIsPlainOrQuoted() throws {
        #expect(try read("cache/corpora", .text) == "cache/corpora")
        #expect(try read("no", .text) == "no")
        #expect(try read("'12'", .text) == "12")
        #expect(try read("\"\"", .text) == "")
    }

    @Test func plainNumbersAreNotText() {
        expectRefusal(
            of: "12", as: .text, found: "12 (a whole number)", expected: "text", remedy: "put it in quotes: \"12\"")
        expectRefusal(
            of: "true", as: .text, found: "true (true or false)", expected: "text",
            remedy: "put it in quotes: \"true\"")
        expectRefusal(of: "[a]", as: .text, found: "a list of 1", expected: "text")
    }

    @Test func wordsStayAsTheyAreWritten() throws {
        #expect(try read("01234567", .word) == "01234567")
        #expect(try read("1e500000", .word) == "1e500000")
        #expect(try read("first", .word) == "first")
        expectRefusal(of: "[a]", as: .word, found: "a list of 1", expected: "a word")
    }

    @Test func wholeNumbersHaveNoPoint() throws {
        #expect(try read("-12", .wholeNumber) == -12)
        #expect(try read("-9223372036854775808", .wholeNumber) == .min)
        #expect(try read("9223372036854775807", .wholeNumber) == .max)
        expectRefusal(of: "ten", as: .wholeNumber, found: "\"ten\" (text)", expected: "a whole number")
        expectRefusal(of: "1.0", as: .wholeNumber, found: "1.0 (a number)", expected: "a whole number")
        expectRefusal(
            of: "9223372036854775808", as: .wholeNumber, found: "9223372036854775808 (a whole number)",
            expected: "a whole number")
        expectRefusal(of: "{}", as: .wholeNumber, found: "an empty mapping", expected: "a whole number")
    }

    @Test func rangesAreInTheMessage() throws {
        #expect(try read("3", .wholeNumber(in: 1...3)) == 3)
        expectRefusal(
            of: "0", as: .wholeNumber(in: 1...3), found: "0 (a whole number)", expected: "a whole number from 1 to 3")
        expectRefusal(
            of: "1", as: .number(in: 0..<1), found: "1 (a whole number)", expected: "a number from 0.0 to below 1.0")
        expectRefusal(
            of: "2", as: .wholeNumber(in: ...1), found: "2 (a whole number)", expected: "a whole number of at most 1")
        expectRefusal(
            of: "1", as: .wholeNumber(in: ..<1), found: "1 (a whole number)", expected: "a whole number below 1")
        expectRefusal(
            of: "0", as: .wholeNumber(in: 1...), found: "0 (a whole number)", expected: "a whole number of at least 1")
        expectRefusal(of: "0", as: .number(above: 0), found: "0 (a whole number)", expected: "a number above 0.0")
    }

    @Test func seedsUseAllOf64Bits() throws {
        #expect(try read("18446744073709551615", .seed) == .max)
        #expect(try read("-0", .seed) == 0)
        expectRefusal(
            of: "-1", as: .seed, found: "-1 (a whole number)", expected: "a whole number from 0 to 18446744073709551615"
        )
        expectRefusal(
            of: "18446744073709551616", as: .seed, found: "18446744073709551616 (a whole number)",
            expected: "a whole number from 0 to 18446744073709551615")
    }

    @Test func numbersAreFinite() throws {
        #expect(try read("1e-4", .number) == 0.0001)
        #expect(try read("0x10", .number) == 16)
        #expect(try read("-3", .number) == -3)
        #expect(try read("100000000000000000000000", .number) == 1e23)
        expectRefusal(of: ".inf", as: .number, found: ".inf (a number)", expected: "a finite number")
        expectRefusal(of: "1e400", as: .number, found: "1e400 (a number)", expected: "a finite number")
        expectRefusal(
            of: ".nan", as: .number(in: 0...1), found: ".nan (a number)", expected: "a number from 0.0 to 1.0")
    }

    @Test func onlyTrueAndFalseAreTruthValues() throws {
        #expect(try read("true", .bool))
        #expect(try !read("False", .bool))
        expectRefusal(of: "yes", as: .bool, found: "\"yes\" (text)", expected: "true or false")
    }

    @Test func choicesListTheNamesAndTheNearest() throws {
        #expect(try read("cosine", .choice(of: Schedule.self)) == .cosine)
        #expect(try read("b", .choice(["a", "b"])) == "b")
        expectRefusal(
            of: "cosin", as: .choice(of: Schedule.self), found: "\"cosin\" (text)",
            expected: "one of constant, linear, cosine", remedy: "cosine")
        expectRefusal(of: "7", as: .choice(["a", "b"]), found: "7 (a whole number)", expected: "one of a, b")
    }

    @Test func longValuesAreCutInMessages() {
        let long = String(repeating: "a", count: 70)
        expectRefusal(
            of: long, as: .bool, found: "\"\(long.prefix(60))…\" (text)", expected: "true or false")
    }

    @Test func aConditionBringsItsOwnWords() throws {
        let even = ParameterType.wholeNumber.when("an even number") { $0.isMultiple(of: 2) }
        #expect(try read("4", even) == 4)
        expectRefusal(of: "3", as: even, found: "3 (a whole number)", expected: "an even number")
        expectRefusal(of: "x", as: even, found: "\"x\" (text)", expected: "an even number")
    }
}
