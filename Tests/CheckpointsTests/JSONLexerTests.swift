import Testing

@testable import Checkpoints

@Suite struct JSONLexerTests {
    @Test func marksAndSpacesAreSkipped() throws {
        var lexer = JSONLexer(Array(" \n{ : x".utf8))
        #expect(lexer.skip("{") && !lexer.skip("}"))
        try lexer.expect(":")
        #expect(throws: JSONLexer.Fault.unexpected(position: 6, expected: "','")) { try lexer.expect(",") }
    }

    @Test func escapesAreTheirCharacters() throws {
        var lexer = JSONLexer(Array(#" "a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é" "#.utf8))
        #expect(try lexer.string() == "a\"\\/\u{8}\u{c}\n\r\té😀é")
    }

    @Test(arguments: [
        ("x", 0, "'\"'"), ("\"a", 2, "the end of a string"), ("\"\\", 2, "a character after '\\'"),
        ("\"\\x\"", 2, "one of JSON's escapes after '\\'"), ("\"\\u12g4\"", 2, "four hexadecimal digits after '\\u'"),
        ("\"\\ud800\"", 7, "the second half of a surrogate pair"),
    ]) func whatIsNoStringIsRefusedWhereItEnds(_ text: String, _ position: Int, _ expected: String) {
        var lexer = JSONLexer(Array(text.utf8))
        #expect(throws: JSONLexer.Fault.unexpected(position: position, expected: expected)) { try lexer.string() }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        var lexer = JSONLexer([0x22, 0xff, 0x22])
        #expect(throws: JSONLexer.Fault.notUTF8(position: 1)) { try lexer.string() }
    }
}
