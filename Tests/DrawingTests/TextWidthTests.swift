import Testing

@testable import Drawing

@Suite struct TextWidthTests {
    @Test func ideographsAreWiderThanLetters() {
        #expect(textWidth("怒", size: 10) > textWidth("a", size: 10))
    }

    @Test func longTextEndsInAnEllipsis() {
        #expect(shortened("surprised", to: 9) == "surprised")
        #expect(shortened("disappointment", to: 8) == "disappo…")
    }

    @Test func partsAreNeverBroken() {
        #expect(wrapped(["aaaa", "bbbb", "cccc"], width: 70, size: 10) == ["aaaa, bbbb", "cccc"])
        #expect(wrapped(["aaaaaaaaaaaaaaaa"], width: 10, size: 10) == ["aaaaaaaaaaaaaaaa"])
    }
}
