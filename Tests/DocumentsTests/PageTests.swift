import Crypto
import Documents
import Foundation
import Testing

@Suite struct PageTests {
    @Test func itNeedsNothingFromOutsideAndLetsNothingIn() {
        let text = Page(title: "a <b>", body: "<p>x</p>\n", data: [("d", JSONText.string("</script>"))]).text
        #expect(text.contains("<title>a &lt;b&gt;</title>"))
        #expect(text.contains("default-src 'none'"))
        #expect(text.contains("<script type=\"application/json\" id=\"d\">\"\\u003c/script\\u003e\"</script>"))
        #expect(!text.contains("script-src 'unsafe-inline'") && text.contains("base-uri 'none'; form-action 'none'"))
        for outside in ["src=", "href=", "@import", "url(", "fetch(", "XMLHttp"] { #expect(!text.contains(outside)) }
    }

    @Test func onlyItsOwnScriptMayRun() throws {
        let text = Page(title: "a", body: "").text
        let allowed = try #require(text.firstMatch(of: /script-src 'sha256-([^']+)'/)).1
        let script = try #require(text.firstMatch(of: /<script>((?s:.)*?)<\/script>/)).1
        #expect(Data(SHA256.hash(data: Data(script.utf8))).base64EncodedString() == allowed)
    }
}
