import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsHeaderReaderTests {
    @Test func allowsWhiteSpaceBetweenTokens() throws {
        let header = "{ \"a\" :\n{\t\"dtype\" : \"F32\" , \"shape\" : [ 1 , 1 ] ,\r\"data_offsets\" : [ 0 , 4 ] } } \n"
        let entry = try #require(read(header).entries["a"])
        #expect(entry.shape == [1, 1])
        #expect(entry.range == 0..<4)
    }

    @Test func understandsEveryEscape() throws {
        let metadata = try read(#"{"__metadata__":{"\"\\\/\b\f\n\r\t":"\u00e9\uD83D\uDE00é😀"}}"#).metadata
        #expect(metadata == ["\"\\/\u{8}\u{c}\n\r\t": "é😀é😀"])
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#,
        #"{"__metadata__":{"a":"1","a":"2"}}"#, #"{"__metadata__":{},"__metadata__":{"a":"1"},"a":0}"#,
        #"{"t":{"dtype":"F32","shape":[],"shape":[1]}}"#, #"{"__metadata__":{"\u0061":"1","a":"2"}}"#,
    ])
    func refusesRepeatedKeys(_ header: String) {
        let key = header.contains("shape\":[1]") ? "shape" : header.contains("{},") ? "__metadata__" : "a"
        expectDiagnosis(
            """
            the safetensors header repeats a key
              where:    weights.bin
              found:    '\(key)' twice
              expected: each key once
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try read(header) }
    }

    @Test(arguments: [
        ("", "the end of the header at byte 8", "'{', with which a header begins"),
        (" {}", "byte 20 at byte 8", "'{', with which a header begins"),
        ("[1]", "'[' at byte 8", "'{', with which a header begins"),
        ("{", "the end of the header at byte 9", "'\"'"),
        ("{}x", "'x' at byte 10", "only white space after the header's last '}'"),
        ("{}{}", "'{' at byte 10", "only white space after the header's last '}'"), ("{a", "'a' at byte 9", "'\"'"),
        (#"{"a"}"#, "'}' at byte 12", "':'"), (#"{"a":1}"#, "'1' at byte 13", "'{'"),
        (#"{"a":{},}"#, "no 'dtype'", ""), (#"{"__metadata__":{"a":1}}"#, "'1' at byte 29", "'\"'"),
        (#"{"__metadata__":{"a":"b",}}"#, "'}' at byte 33", "'\"'"),
        (#"{"__metadata__":null}"#, "'n' at byte 24", "'{'"),
        (#"{"a":{"dtype":4}}"#, "'4' at byte 22", "'\"'"), (#"{"a":{"shape":4}}"#, "'4' at byte 22", "'['"),
        (#"{"a":{"shape":[[]]}}"#, "'[' at byte 23", "a number"), (#"{"a":{"shape":[1 2]}}"#, "'2' at byte 25", "']'"),
        ("{\"a\nb\":1}", "byte 0a at byte 11", "the end of a string"),
        (#"{"a"#, "the end of the header at byte 11", "the end of a string"),
        (#"{"\x""#, "'x' at byte 11", "one of JSON's escapes after '\\'"),
        (#"{"\"#, "the end of the header at byte 11", "a character after '\\'"),
        (#"{"\u00g0""#, "'u' at byte 11", "four hexadecimal digits after '\\u'"),
        (#"{"\u-001""#, "'u' at byte 11", "four hexadecimal digits after '\\u'"),
        (#"{"\ud800""#, "'\"' at byte 16", "the second half of a surrogate pair"),
        (#"{"\ud800\u0041""#, "'\"' at byte 22", "the second half of a surrogate pair"),
        (#"{"\udc00""#, "'\"' at byte 16", "the second half of a surrogate pair"),
    ])
    func saysWhereTheHeaderIsMalformed(_ header: String, _ found: String, _ expected: String) throws {
        if expected.isEmpty {
            #expect(throws: CheckpointError.self) { try read(header) }
            return
        }
        expectDiagnosis(
            """
            the safetensors header is malformed
              where:    weights.bin
              found:    \(found)
              expected: \(expected)
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try read(header) }
    }

    @Test func refusesTextThatIsNotUnicode() {
        expectDiagnosis(
            """
            the safetensors header is malformed
              where:    weights.bin
              found:    bytes that are not UTF-8 at byte 10
              expected: text
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try read(Data([0x7b, 0x22, 0xff, 0x22])) }
    }

    @Test func isNotDeepenedByItsInput() {
        #expect(throws: CheckpointError.self) { try read(String(repeating: "{\"a\":", count: 100_000)) }
        #expect(throws: CheckpointError.self) {
            try read("{\"a\":{\"shape\":" + String(repeating: "[", count: 100_000))
        }
    }

    private func read(
        _ header: String
    ) throws -> (metadata: [String: String], entries: [String: SafetensorsHeader.Entry]) {
        try read(Data(header.utf8))
    }

    /// Reads a header as if it stood behind its length.
    private func read(
        _ header: Data
    ) throws -> (metadata: [String: String], entries: [String: SafetensorsHeader.Entry]) {
        var reader = SafetensorsHeaderReader((Data(count: 8) + header)[8...], file: "weights.bin")
        return try reader.header()
    }
}
