import Downloads
import Foundation
import TestSupport
import Testing

@testable import SpeechEmotion

@Suite struct HubEndpointTests {
    @Test func theEnvironmentNamesItAndTheSecret() {
        let endpoint = HubEndpoint(["HF_ENDPOINT": "http://mirror.example/hf//", "HF_TOKEN": " hf_x\n"])
        #expect(endpoint.token == "hf_x")
        #expect(
            endpoint.url(of: "config.json", in: "a/b", at: "main")
                == "http://mirror.example/hf/a/b/resolve/main/config.json")
        #expect(HubEndpoint(["HF_ENDPOINT": ""]).address == "https://huggingface.co")
    }

    @Test(arguments: ["", " ", "a b", "a\r\nX: y", "a\u{1b}"])
    func whatIsNotOneWordIsNoSecret(text: String) {
        #expect(HubEndpoint(["HF_TOKEN": text]).token == nil)
    }

    private func files(_ server: LocalServer) throws -> [FetchedFile] {
        try HubEndpoint(["HF_ENDPOINT": server.url("")]).files(
            of: .hubertBase, patience: Patience(), byHand: "by hand", console: .silent)
    }

    @Test func whatTheHubDoesNotStateIsNotFetched() throws {
        let server = try LocalServer { _, _ in LocalServer.Answer(200, ["ETag: \"1\""]) }
        let url = server.url("/facebook/hubert-base-ls960/resolve/main/config.json")
        #expect(throws: FetchError.noStatement(url: url)) { try files(server) }
    }

    @Test func aSizeThatNoSettingsHaveIsRefused() throws {
        let tag = "X-Linked-Etag: \"\(String(repeating: "1", count: 64))\""
        let server = try LocalServer { _, _ in LocalServer.Answer(200, [tag, "X-Linked-Size: 2000000"]) }
        let error = FetchError.implausibleSize(
            url: server.url("/facebook/hubert-base-ls960/resolve/main/config.json"), found: 2_000_000, limit: 1 << 20)
        #expect(throws: error) { try files(server) }
    }

    @Test func aHubThatTellsNoCommitIsAskedForMain() throws {
        let tag = "X-Linked-Etag: \"\(String(repeating: "1", count: 64))\""
        let server = try LocalServer { _, _ in LocalServer.Answer(200, [tag]) }
        #expect(try files(server).allSatisfy { $0.url.contains("/resolve/main/") })
        #expect(server.requests.count == 3)
    }
}
