import Testing

@testable import Drawing

@Suite struct FixedDigitsTests {
    @Test func roundsToSoManyDigits() {
        #expect(fixed(0.126, digits: 2) == "0.13")
        #expect(fixed(12.005, digits: 1) == "12.0")
        #expect(fixed(2.5, digits: 0) == "3")
        #expect(fixed(1, digits: 3) == "1.000")
    }

    @Test func keepsTheSignAndLosesItWithTheDigits() {
        #expect(fixed(-0.05, digits: 2) == "-0.05")
        #expect(fixed(-0.001, digits: 2) == "0.00")
    }

    @Test func whatIsNotFiniteIsADash() {
        #expect([Double.nan, .infinity, 1e300].map { fixed($0, digits: 2) } == ["–", "–", "–"])
    }

    @Test func perCentIsAHundredTimes() {
        #expect(percent(0.54331) == "54.33")
        #expect(percent(1, digits: 0) == "100")
    }
}
