import Testing

@testable import Drawing

@Suite struct SVGDocumentTests {
    @Test func markupInTextIsEscaped() {
        #expect(xml("<a b=\"c\"> & d\n\u{1}") == "&lt;a b=&quot;c&quot;&gt; &amp; d \\u{1}")
        #expect(xml("a\u{FFFE}<\u{338}\u{202e}b\t") == "a\u{FFFD}&lt;\u{338}\\u{202e}b ")
    }

    @Test func coordinatesHaveTwoDigitsAtMost() {
        #expect([1, 1.5, 1.256, -0.001, 100].map(coordinate) == ["1", "1.5", "1.26", "0", "100"])
    }

    @Test func titleAndDescriptionAreThereForThoseWhoCannotSee() {
        let text = SVGDocument(id: "p", width: 10, height: 20, title: "T", description: "D").text()
        #expect(text.contains("role=\"img\" aria-labelledby=\"p-title p-desc\""))
        #expect(text.contains("<title id=\"p-title\">T</title>\n<desc id=\"p-desc\">D</desc>"))
    }
}
