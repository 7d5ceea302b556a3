import Foundation
import TestSupport
import Testing

@testable import Downloads

@Suite struct HubStatementTests {
    private typealias Answer = LocalServer.Answer
    private let sha256 = String(repeating: "3c", count: 32)
    private let blob = String(repeating: "5d", count: 20)
    private let commit = String(repeating: "0b", count: 20)

    private func statement(_ url: String) throws -> HubStatement { try HubStatement(of: #require(WebAddress(url))) }

    @Test func aLargeFileIsStatedByTheHubAndNotByItsStore() throws {
        let store = try LocalServer { [blob] _, _ in Answer(200, ["ETag: \"\(blob)\"", "X-Linked-Size: 7"]) }
        let hub = try LocalServer { [sha256, commit] _, _ in
            let facts = ["X-Repo-Commit: \(commit)", "X-Linked-Size: 123456", "X-Linked-Etag: \"\(sha256)\""]
            return Answer(302, facts + ["Location: \(store.url())", "ETag: \"x\""])
        }
        let found = try statement(hub.url())
        #expect(found.digest == ContentDigest(.sha256, sha256))
        #expect(found.commit == commit && found.size == 123_456)
        #expect(hub.requests.map(\.method) == ["HEAD"] && store.requests.isEmpty)
    }

    @Test func aLinkThatIsSignedForGETAloneIsNotAskedForHeaders() throws {
        let hub = try LocalServer { [sha256, commit] request, _ in
            guard request.target == "/file" else { return Answer(request.method == "HEAD" ? 403 : 200) }
            let facts = ["X-Repo-Commit: \(commit)", "X-Linked-Size: 123456", "X-Linked-Etag: \"\(sha256)\""]
            return Answer(302, facts + ["Location: /signed"])
        }
        let found = try statement(hub.url())
        #expect(found.digest == ContentDigest(.sha256, sha256))
        #expect(found.commit == commit && found.size == 123_456)
        #expect(hub.requests.map(\.target) == ["/file"])
    }

    @Test func whatAnotherServerSaysIsNotAskedFor() throws {
        let other = try LocalServer { [blob] _, _ in Answer(200, ["ETag: \"\(blob)\""]) }
        let hub = try LocalServer { [commit] _, _ in
            Answer(302, ["X-Repo-Commit: \(commit)", "Location: \(other.url())"])
        }
        let found = try statement(hub.url())
        #expect(found.digest == nil && found.size == nil && found.commit == commit)
        #expect(other.requests.isEmpty)
    }

    @Test func aRedirectThatLeadsNowhereIsNoStatement() throws {
        let hub = try LocalServer { [sha256] _, _ in Answer(302, ["X-Linked-Etag: \"\(sha256)\""]) }
        #expect(throws: DownloadError.status(url: hub.url(), status: 302)) { try statement(hub.url()) }
    }

    @Test func aSmallFileIsStatedByItsNameInGit() throws {
        let hub = try LocalServer { [blob, commit] request, _ in
            request.target == "/file"
                ? Answer(307, ["Location: /cached", "X-Repo-Commit: \(commit)"])
                : Answer(200, ["ETag: W/\"\(blob)\""], length: 1843)
        }
        let found = try statement(hub.url())
        #expect(found.digest == ContentDigest(.gitBlob, blob))
        #expect(found.commit == commit && found.size == 1843)
    }

    @Test func whatIsNoDigestIsNone() throws {
        let hub = try LocalServer { _, _ in
            Answer(200, ["ETag: \"abc\"", "X-Repo-Commit: ../../etc", "X-Linked-Size: -1"])
        }
        let found = try statement(hub.url())
        #expect(found.digest == nil && found.commit == nil && found.size == 0)
    }

    @Test func aBusyHubIsAskedAgain() throws {
        let hub = try LocalServer { [blob] _, index in
            switch index {
            case 0: Answer(503, ["Retry-After: 0"])
            case 1: Answer(bytes: Data())
            default: Answer(200, ["ETag: \"\(blob)\""])
            }
        }
        var patience = Patience()
        patience.waits = [0.01, 0.01]
        let found = try HubStatement(of: #require(WebAddress(hub.url())), patience: patience)
        #expect(found.digest == ContentDigest(.gitBlob, blob) && hub.requests.count == 3)
    }

    @Test func whatIsNotThereIsNotStated() throws {
        let hub = try LocalServer { _, _ in Answer(401) }
        #expect(throws: DownloadError.status(url: hub.url(), status: 401)) { try statement(hub.url()) }
        let dead = try LocalServer.deadURL()
        #expect(throws: DownloadError.self) { try statement(dead) }
    }
}
