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

    @Test(arguments: ["\u{1b}[2J\u{7f}\u{9b}", "\u{202e}\u{e0041}\u{feff}", "\u{2029}\t"])
    func nothingInThemSteersATerminal(_ text: String) throws {
        let json = JSONText.string(text)
        #expect(json.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }, "\(json)")
        #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
    }

    @Test func membersKeepTheirOrder() {
        #expect(
            JSONText.object([(name: "b", value: JSONText.array(["1", "2"])), (name: "a", value: "null")])
                == "{\"b\":[1,2],\"a\":null}")
    }
}
