import Documents
import Testing

@Suite struct AuthoredMarkdownTests {
    @Test(arguments: [
        "Does **layer 6** do *better* than `a|b <c>`?",
        "See [the paper](https://example.org/a) and [curves](curves.svg).",
        "1 is \\* no emphasis", "a [reference] to nothing",
    ]) func whatAnAuthorMeansStays(_ text: String) {
        #expect(authoredMarkdown(text) == text)
    }

    @Test(arguments: [
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"), ("\\\\<b>", "\\\\\\<b>"),
        ("a `<b>", "a \\`\\<b>"),
        ("![x](http://a/x.png)", "\\![x](http://a/x.png)"), ("[x](javascript:alert(1))", "[x\\](javascript:alert(1))"),
        ("[x](javascript:\u{FF9E}1)", "[x\\](javascript:\u{FF9E}1)"), ("[x](JavaScript:1)", "[x\\](JavaScript:1)"),
        ("[x](//evil.example)", "[x\\](//evil.example)"), ("[x](/\\evil)", "[x\\](/\\evil)"),
        ("[x](java&#115;cript:1)", "[x\\](java\\&#115;cript:1)"), ("[x]: javascript:1", "[x\\]: javascript:1"),
        ("# UA 99 %", "\\# UA 99 %"), ("- x", "\\- x"), ("> x", "\\> x"), ("~~~", "\\~~~"), ("```", "\\`\\`\\`"),
        ("a | b", "a \\| b"),
        ("a\u{202e}b", "a\\u{202e}b"), ("<\u{338}b", "\\<\u{338}b"),
    ]) func whatAPageMustNotHaveIsText(_ text: String, _ written: String) {
        #expect(authoredMarkdown(text) == written)
    }

    @Test func aLineWithoutEndIsCut() {
        let text = authoredMarkdown(String(repeating: "[", count: 1 << 20))
        #expect(text.count == 4_001 && text.hasSuffix("…"))
        #expect(inlineHTML(of: text) == text)
    }
}
