import Foundation
import Testing

@testable import Wav2Vec2

@Suite struct JSONReaderTests {
    @Test func everyKindOfValueIsRead() throws {
        let text =
            #" { "a" : [ null , true, false, -0.5e+2, 12 ] , "b":{}, "c":[], "é\u00e9\ud83d\ude00\n" : "\"\\\/" } "#
        #expect(
            try JSONReader.value(of: text)
                == .object([
                    "a": .array([.null, .boolean(true), .boolean(false), .number(-50), .number(12)]),
                    "b": .object([:]), "c": .array([]), "éé😀\n": .string("\"\\/"),
                ]))
    }

    @Test func theLastOfEqualKeysCounts() throws {
        #expect(try JSONReader.value(of: #"{"a": 1, "a": 2}"#) == .object(["a": .number(2)]))
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "1 2", "nul", "tru", "01", "1.", ".5",
        "+1", "1e", "-", "0x1", "NaN", "1e999", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\n\"", "'a'", "[1}", "{\"a\":1]",
    ]) func whatIsNoJSONIsRefused(_ text: String) {
        #expect(throws: JSONReader.Fault.malformed) { try JSONReader.value(of: text) }
    }

    @Test func depthIsBounded() throws {
        func nested(_ levels: Int) -> String {
            String(repeating: "[{\"a\":", count: levels / 2) + "1" + String(repeating: "}]", count: levels / 2)
        }
        _ = try JSONReader.value(of: nested(JSONReader.deepest))
        #expect(throws: JSONReader.Fault.tooDeep) { try JSONReader.value(of: nested(JSONReader.deepest + 2)) }
        #expect(throws: JSONReader.Fault.tooDeep) {
            try JSONReader.value(of: String(repeating: "[", count: 1 << 20))
        }
    }

    /// Foundation's decoder spent more than a minute on this.
    @Test func aMegabyteOfDeepListsIsReadInTime() throws {
        let depth = JSONReader.deepest
        let text =
            String(repeating: "[", count: depth) + "1" + String(repeating: ",\"x\"", count: 250_000)
            + String(repeating: "]", count: depth)
        let took = try ContinuousClock().measure { _ = try JSONReader.value(of: text) }
        #expect(took < .seconds(10))
    }
}
