import Documents
import Testing

@Suite struct PageTests {
    @Test func itNeedsNothingFromOutsideAndLetsNothingIn() {
        let text = Page(title: "a <b>", body: "<p>x</p>\n", data: [("d", JSONText.string("</script>"))]).text
        #expect(text.contains("<title>a &lt;b&gt;</title>"))
        #expect(text.contains("default-src 'none'"))
        #expect(text.contains("<script type=\"application/json\" id=\"d\">\"\\u003c/script\\u003e\"</script>"))
        for outside in ["src=", "href=", "@import", "url(", "fetch(", "XMLHttp"] { #expect(!text.contains(outside)) }
    }
}
