import Documents
import Foundation
import Testing

@Suite struct JSONTextTests {
    @Test(arguments: ["", "plain", "\"quoted\" \\ </script>", "line\nbreak\u{2028}\u{0}", "æ 怒 🙂"])
    func stringsComeBackAsTheyWere(_ text: String) throws {
        let json = JSONText.string(text)
        #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
        #expect(!json.contains("<") && !json.contains("\u{2028}"))
    }

    @Test func membersKeepTheirOrder() {
        #expect(
            JSONText.object([(name: "b", value: JSONText.array(["1", "2"])), (name: "a", value: "null")])
                == "{\"b\":[1,2],\"a\":null}")
    }
}
