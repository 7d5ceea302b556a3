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

    @Test func textIsCutToAWidth() {
        #expect(shortened("abcdefghij", width: 55, size: 10) == "abcdefghij")
        #expect(shortened("abcdefghijk", width: 55, size: 10) == "abcdefghi…")
        #expect(shortened("怒怒怒怒", width: 26, size: 10) == "怒怒…")
        #expect(shortened("abc", width: -5, size: 10) == "…")
    }

    @Test func partsAreNeverBroken() {
        #expect(wrapped(["aaaa", "bbbb", "cccc"], width: 70, size: 10) == ["aaaa, bbbb", "cccc"])
        #expect(wrapped(["aaaaaaaaaaaaaaaa"], width: 10, size: 10) == ["aaaaaaaaaaaaaaaa"])
    }
}
