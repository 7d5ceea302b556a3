import Foundation
import TestSupport
import Testing

@testable import Downloads

@Suite struct ConversationTests {
    private typealias Answer = LocalServer.Answer
    private let conversation = Conversation(transport: Transport(patience: Patience()), token: "secret")

    private func ask(_ url: String) throws -> [Conversation.Exchange] {
        try conversation.ask(#require(WebAddress(url)))
    }

    @Test func aSecretGoesToTheFirstOriginAlone() throws {
        let other = try LocalServer { _, _ in Answer(200) }
        let elsewhere = other.url("/there?signature=1", host: "localhost")
        let server = try LocalServer { request, _ in
            Answer(302, ["Location: \(request.target == "/file" ? "/next" : elsewhere)"])
        }
        let exchanges = try ask(server.url())
        #expect(exchanges.map(\.headers.status) == [302, 302, 200])
        #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer secret", "Bearer secret"])
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
        #expect(other.requests.map(\.target) == ["/there?signature=1"])
    }

    @Test func anotherNameOrPortOfTheSameMachineIsAnotherOrigin() throws {
        let server = try LocalServer { request, _ in Answer(request.target == "/file" ? 307 : 200) }
        let moving = try LocalServer { _, index in
            Answer(307, ["Location: \(server.url("/end", host: index == 0 ? "localhost" : "127.0.0.1"))"])
        }
        for _ in 0..<2 { _ = try ask(moving.url()) }
        #expect(server.requests.map { $0.headers["authorization"] } == [nil, nil])
    }

    @Test func aLoopEnds() throws {
        let server = try LocalServer { _, _ in Answer(301, ["Location: /file"]) }
        let error = DownloadError.redirect(
            url: server.url(), to: server.url(), reason: "11 redirects, one after another")
        #expect(throws: error) { try ask(server.url()) }
        #expect(server.requests.count == 11)
    }

    @Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/file", "gopher://127.0.0.1/"])
    func anAddressThatIsNotHTTPIsNotFollowed(place: String) throws {
        let server = try LocalServer { _, _ in Answer(302, ["Location: \(place)"]) }
        let error = DownloadError.redirect(
            url: server.url(), to: place, reason: "an address that is not one over http or https")
        #expect(throws: error) { try ask(server.url()) }
    }

    @Test func httpsIsNeverLeftForHTTP() throws {
        let secure = try #require(WebAddress("https://example.org/file"))
        let error = DownloadError.redirect(
            url: secure.description, to: "http://example.org/file", reason: "from https to http")
        #expect(throws: error) {
            try Conversation.next(after: secure, "http://example.org/file?key=1", count: 1, from: secure)
        }
        let next = try Conversation.next(after: secure, "https://example.net/", count: 1, from: secure)
        #expect(next.origin == "https://example.net:443")
    }

    @Test func theBodyOfARedirectIsNobodysBusiness() throws {
        let server = try LocalServer { request, _ in
            request.target == "/file"
                ? Answer(302, ["Location: /end"], body: Data("moved".utf8)) : Answer(200, body: Data("end".utf8))
        }
        var body = Data()
        _ = try conversation.ask(#require(WebAddress(server.url()))) { body.append(contentsOf: $1) }
        #expect(body == Data("end".utf8))
    }
}
