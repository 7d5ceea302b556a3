import Testing

@testable import Documents

@Suite struct MarkdownTextTests {
    @Test func markupInTextIsEscaped() {
        #expect(markdown("*a* [b](c) <i> x|y `z` & \\") == "\\*a\\* \\[b\\](c) \\<i\\> x\\|y \\`z\\` \\& \\\\")
    }

    @Test func textIsOneLine() {
        #expect(markdown("a\nb\r\nc") == "a b c")
    }

    @Test func underscoresAreEscapedOnlyWhereTheyWouldEmphasise() {
        #expect(markdown("_a_ macro_f1") == "\\_a\\_ macro_f1")
    }

    @Test func codeKeepsBackticksAndPipes() {
        #expect(code("Actor_01/a.wav") == "`Actor_01/a.wav`")
        #expect(code("a|b") == "`a\\|b`")
        #expect(code("a\\|b") == markdown("a\\|b"))
        #expect(code("a\\b|") == "`a\\b\\|`")
        #expect(code("a`b") == "``a`b``")
        #expect(code("`a`") == "`` `a` ``")
    }

    @Test func aMarkThatJoinsItselfToMarkupDoesNotHideIt() {
        #expect(markdown("a|\u{301}b<\u{338}i>") == "a\\|\u{301}b\\<\u{338}i\\>")
        #expect(code("a`\u{301}b|\u{301}") == "``a`\u{301}b\\|\u{301}``")
        #expect(inlineHTML(of: code("a`\u{301}<b>")) == "<code>a`\u{301}&lt;b&gt;</code>")
        #expect(inlineHTML(of: code("a|\u{301}b|c")) == "<code>a|\u{301}b|c</code>")
    }

    @Test func whatSteersADisplayIsShownAsItsNumber() {
        #expect(markdown("a\u{202e}b\u{1b}") == "a\\\\u{202e}b\\\\u{1b}")
        #expect(code("a\u{9b}b") == "`a\\u{9b}b`")
    }
}
