import Testing

@testable import Documents

@Suite struct InlineMarkdownTests {
    @Test(arguments: [
        ("plain & <b>bold</b>", "plain &amp; &lt;b&gt;bold&lt;/b&gt;"),
        ("**UA 47.79 %** (*n* = 3)", "<strong>UA 47.79 %</strong> (<em>n</em> = 3)"),
        ("**measured *here***, `a|b`", "<strong>measured <em>here</em></strong>, <code>a|b</code>"),
        ("`a\\|b` and `` x`y ``", "<code>a|b</code> and <code>x`y</code>"),
        ("3 * 4 * 5, **open, \\*starred\\*", "3 * 4 * 5, **open, *starred*"),
        ("*a `*` b*", "<em>a <code>*</code> b</em>"),
        ("[curves](curves-a.svg)", "<a href=\"curves-a.svg\">curves</a>"),
        ("[paper](https://example.org/?a=1&b=2)", "<a href=\"https://example.org/?a=1&amp;b=2\">paper</a>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"), ("[x] (y)", "[x] (y)"),
        ("a_b_c, snake\\_", "a_b_c, snake_"), ("trailing \\", "trailing \\"), ("``open", "``open"), ("", ""),
    ]) func isTranslated(_ markdown: String, _ expected: String) {
        #expect(inlineHTML(of: markdown) == expected)
    }

    @Test(arguments: [
        "javascript:1", "JavaScript:1", "javascript:\u{FF9E}1", "javascript:\u{301}1", "javascript:\u{FE0F}1",
        "java\tscript:1", "java\nscript:1", "\u{1}javascript:1", " javascript:1", "java\u{200B}script:1",
        "\u{0D4E}:1", "data:text/html,x", "vbscript:1", "file:x", "//evil.example", "//\u{301}evil.example",
        "\\\\evil.example", "a\\..", "https\u{301}://example.org", "/etc/passwd", "",
    ]) func whatLeadsElsewhereOrRunsIsNoLink(_ target: String) {
        #expect(!isHarmlessTarget(target))
        #expect(!inlineHTML(of: "[x](\(target))").contains("href"))
    }

    @Test(arguments: [
        "curves.svg", "../other/report.html", "cells/a:b.csv", "é\u{301}.svg", "#answer", "http://example.org",
        "HTTPS://example.org/a:b",
    ]) func theWebAndTheFilesBesideItMayBeLinkedTo(_ target: String) {
        #expect(isHarmlessTarget(target))
        #expect(inlineHTML(of: "[x](\(target))") == "<a href=\"\(target)\">x</a>")
    }

    @Test func starsWithinStarsEndSomewhere() {
        let html = inlineHTML(of: "**a" + String(repeating: "*", count: 2_000))
        #expect(html.count { $0 == "<" } == 32 && html.hasPrefix("<strong>a<strong><strong>"), "\(html.prefix(200))")
    }

    @Test(arguments: [
        "a|b", "*stars* and _underscores_", "<script>alert('x')</script>", "back\\slash `tick`", "[a](b)",
    ])
    func plainTextComesOutAsItWentIn(_ text: String) {
        #expect(inlineHTML(of: markdown(text)) == inlineHTML(of: code(text)).dropFirst(6).dropLast(7))
    }
}
