import Testing

@testable import Pipeline

@Suite struct YAMLScalarTests {
    private func value(_ text: String) -> YAMLScalar.Value { YAMLScalar(text: text, isPlain: true).value }

    @Test(arguments: [
        "yes", "no", "on", "off", "y", "tRUE", "NuLL", "nan", "inf", "1_000", "1:30", "0b1", "2024-01-02",
    ])
    func wordsThatOnlyOlderYAMLResolvesAreText(_ text: String) {
        #expect(value(text) == .text(text))
    }

    @Test(arguments: [
        ".", "-", "+", "e5", "1e", "1e+", "1e5.0", "1.2.3", "--1", "+-1", "0x", "0o8", "-0x1", "1e--4", "٣", "+.nan",
    ])
    func almostNumbersAreText(_ text: String) {
        #expect(value(text) == .text(text))
    }

    @Test func nullsAndBooleansAreReadInTheirThreeCases() {
        for text in ["", "~", "null", "Null", "NULL"] { #expect(value(text) == .null) }
        for text in ["true", "True", "TRUE"] { #expect(value(text) == .bool(true)) }
        for text in ["false", "False", "FALSE"] { #expect(value(text) == .bool(false)) }
    }

    @Test func wholeNumbersAreDecimalHexadecimalOrOctal() {
        #expect(value("010") == .whole(isNegative: false, magnitude: 10))
        #expect(value("+7") == .whole(isNegative: false, magnitude: 7))
        #expect(value("-7") == .whole(isNegative: true, magnitude: 7))
        #expect(value("0x1F") == .whole(isNegative: false, magnitude: 31))
        #expect(value("0o17") == .whole(isNegative: false, magnitude: 15))
        #expect(value("18446744073709551615") == .whole(isNegative: false, magnitude: .max))
        #expect(value("18446744073709551616") == .whole(isNegative: false, magnitude: nil))
    }

    @Test func numbersNeedNoPointAndNoSignInTheExponent() {
        #expect(value("1e-4") == .number(0.0001))
        #expect(value("1E5") == .number(100_000))
        #expect(value("1.") == .number(1))
        #expect(value(".5") == .number(0.5))
        #expect(value("-.5e+1") == .number(-5))
        #expect(value("+0.25") == .number(0.25))
        #expect(value("1e400") == .number(.infinity))
        #expect(value("-.inf") == .number(-.infinity))
        guard case .number(let notANumber) = value(".nan") else { return #expect(Bool(false), ".nan is a number") }
        #expect(notANumber.isNaN)
    }

    @Test func quotedScalarsAreText() {
        for text in ["", "12", "true", "null"] {
            #expect(YAMLScalar(text: text, isPlain: false).value == .text(text))
        }
    }
}
