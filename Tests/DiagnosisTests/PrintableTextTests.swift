import Diagnosis
import Testing

@Suite struct PrintableTextTests {
    @Test func aLineStaysALine() {
        #expect(Diagnosis.printableLine("a\r\nb\n\u{1b}[2J.wav") == "a\\u{d}\\nb\\n\\u{1b}[2J.wav")
        #expect(Diagnosis.printableLine("Jos\u{e9}.wav") == "Jos\u{e9}.wav")
    }

    @Test(arguments: [
        ("\u{7}", "\\u{7}"), ("\t", "\\u{9}"), ("\u{7f}", "\\u{7f}"), ("\u{9b}", "\\u{9b}"), ("\u{202e}", "\\u{202e}"),
        ("\u{200b}", "\\u{200b}"), ("\u{e0041}", "\\u{e0041}"), ("\u{2028}", "\\u{2028}"), ("\u{2029}", "\\u{2029}"),
        ("a\u{1b}\u{301}", "a\\u{1b}\u{301}"),
    ]) func whatSteersADisplayIsEscaped(_ text: String, _ printed: String) {
        #expect(Diagnosis.printable(text) == printed)
    }

    @Test(arguments: ["", "plain", "two\nlines", "Jos\u{e9} 怒 🙂 \u{5d0}", "\\u{1b}"]) func allElseStays(_ text: String)
    {
        #expect(Diagnosis.printable(text) == text)
    }
}
