import Foundation
import Testing

@testable import SpeechEmotion

@Suite struct RelativeLinkTests {
    @Test(arguments: [
        ("/p/reports/demo", "/p/cache/corpora/demo", "../../cache/corpora/demo/"),
        ("/p/reports/demo", "/data/RAVDESS", "../../../data/RAVDESS/"), ("/p/reports", "/p/reports/own", "own/"),
        ("/p/a/../reports/x", "/p/reports/x", "./"),
        ("/p/r", "/p/my corpus/50 %/æ#?", "../my%20corpus/50%20%25/%C3%A6%23%3F/"),
    ]) func itLeadsFromOneToTheOther(_ folder: String, _ target: String, _ expected: String) {
        #expect(relativeLink(from: URL(fileURLWithPath: folder), to: URL(fileURLWithPath: target)) == expected)
    }
}
