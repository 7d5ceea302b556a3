import Documents
import Drawing
import Testing

@Suite struct BlockTests {
    private let blocks: [Block] = [
        .warnings(["**Synthetic.**", "Second."]), .heading("`a`", level: 2), .paragraph("One."), .list(["x", "y & z"]),
        .picture(file: "p.svg", title: "Picture"),
    ]

    @Test func markdownSetsThemApartByEmptyLines() {
        #expect(
            blocks.markdown
                == "> **Synthetic.**\n>\n> Second.\n\n## `a`\n\nOne.\n\n- x\n- y & z\n\n![Picture](p.svg)\n")
        #expect([Block]().markdown.isEmpty)
    }

    @Test func htmlSaysTheSameWithThePictureInIt() {
        let picture = SVGDocument(id: "p", width: 500, height: 20, title: "T", description: "D")
        let html = blocks.html(pictures: ["p.svg": picture])
        #expect(html.contains("<div class=\"warnings\" role=\"note\">\n<p><strong>Synthetic.</strong></p>"))
        #expect(html.contains("<h2><code>a</code></h2>\n<p>One.</p>\n<ul>\n<li>x</li>\n<li>y &amp; z</li>\n</ul>"))
        #expect(
            html.contains("<figure style=\"--least: 340px\">\n<svg ")
                && html.contains("<title id=\"p-title\">T</title>"))
        #expect(!html.contains("<style>"))
    }

    @Test func aPictureThatIsNotThereIsLeftOut() {
        #expect([Block.picture(file: "q.svg", title: "Q")].html(pictures: [:]).isEmpty)
    }
}
