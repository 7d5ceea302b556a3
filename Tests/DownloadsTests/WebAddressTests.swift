import Testing

@testable import Downloads

@Suite struct WebAddressTests {
    @Test(arguments: [
        "", "example.org", "/file", "ftp://example.org/", "file:///etc/passwd", "http://", "http:///file",
        "http://example.org/a b", "http://example.org/\u{1b}[2J", "http://example.org/\r\nX: y", "http://exämple.org/",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func anOriginIsSchemeHostAndPort() {
        #expect(WebAddress("HTTPS://Example.org/a?b")?.origin == "https://example.org:443")
        #expect(WebAddress("http://example.org:8080")?.origin == "http://example.org:8080")
        #expect(WebAddress("http://example.org")?.isSecure == false)
    }

    @Test func aPasswordIsNotShown() {
        let address = WebAddress("https://me:secret@example.org/file?key=1")
        #expect(address?.description == "https://example.org/file?key=1")
        #expect(address?.withoutQuery == "https://example.org/file")
    }
}
