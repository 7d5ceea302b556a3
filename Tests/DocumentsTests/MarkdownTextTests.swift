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
        #expect(code("a`b") == "``a`b``")
        #expect(code("`a`") == "`` `a` ``")
    }
}
