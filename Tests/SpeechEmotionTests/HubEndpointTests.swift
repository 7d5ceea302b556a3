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
}
