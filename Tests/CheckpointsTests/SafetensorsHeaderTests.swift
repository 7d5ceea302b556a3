import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsHeaderTests {
    private static let again = "download the file again and compare its SHA-256 with the published one"

    @Test func takesTensorsInAnyOrderOfTheHeader() throws {
        let file = safetensors(
            #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#,
            data: bytes(of: [1, 2]))
        let tensors = try checkpoint(file).tensors
        #expect(try tensors["a"]?.floats() == [1])
        #expect(try tensors["b"]?.floats() == [2])
    }

    @Test func takesAHeaderWithoutTensors() throws {
        let file = try checkpoint(safetensors(#"{"__metadata__":{"a":"b"}}   "#))
        #expect(file.tensors.isEmpty)
        #expect(file.metadata == ["a": "b"])
    }

    @Test func takesEmptyTensorsAtOnePlace() throws {
        let header =
            #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
            + #""c":{"dtype":"I64","shape":[2,0],"data_offsets":[4,4]}}"#
        #expect(try checkpoint(safetensors(header, data: bytes(of: [7]))).tensors.count == 3)
    }

    @Test func capsTheHeader() {
        expectFault(
            "the safetensors header is too long", found: "100000001 bytes", expected: "at most 100000000 bytes",
            in: safetensors("{}", length: 100_000_001))
    }

    @Test func refusesALengthWithTheHighestBitSet() {
        expectFault(
            "the safetensors header is too long", found: "18446744073709551615 bytes",
            expected: "at most 100000000 bytes", in: safetensors("{}", length: .max))
    }

    @Test func refusesAHeaderLongerThanTheFile() {
        expectFault(
            "the file ends within its safetensors header", found: "2 bytes", expected: "a header of 3 bytes",
            in: safetensors("{}", length: 3))
    }

    @Test func refusesUnknownElementTypes() {
        expectFault(
            "the tensor has an unknown element type", tensor: "a", found: "'F7'",
            expected: "one of F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL",
            in: safetensors(#"{"a":{"dtype":"F7","shape":[],"data_offsets":[0,4]}}"#, data: Data(count: 4)))
    }

    @Test func refusesUnknownFields() {
        expectFault(
            "the tensor's entry has an unknown field", tensor: "a", found: "'scale'",
            expected: "dtype, shape and data_offsets only", in: safetensors(#"{"a":{"dtype":"F32","scale":[]}}"#))
    }

    @Test(arguments: [
        ("dtype", #"{"a":{"shape":[],"data_offsets":[0,4]}}"#),
        ("shape", #"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#),
        ("data_offsets", #"{"a":{"dtype":"F32","shape":[]}}"#),
    ])
    func refusesIncompleteEntries(_ field: String, _ header: String) {
        expectFault(
            "the tensor's entry is incomplete", tensor: "a", found: "no '\(field)'",
            expected: "dtype, shape and data_offsets", in: safetensors(header))
    }

    @Test(arguments: ["-1", "-0", "1.0", "1e2", "007", "9223372036854775808", "--"])
    func refusesNumbersThatAreNotNatural(_ number: String) {
        expectFault(
            "the tensor's entry holds an impossible number", tensor: "a", found: "\(number) in 'shape'",
            expected: "whole numbers from 0 to 9223372036854775807",
            in: safetensors(#"{"a":{"dtype":"F32","shape":[2,\#(number)],"data_offsets":[0,4]}}"#))
    }

    @Test func refusesShapesWhoseProductOverflows() {
        expectFault(
            "the tensor is too large to count its bytes", tensor: "a", found: "F32 [4294967296, 4294967296, 0]",
            expected: "at most 9223372036854775807 bytes",
            in: safetensors(#"{"a":{"dtype":"F32","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}"#))
    }

    @Test(arguments: ["[0, 4]", "[8, 0]", "[0]", "[0, 4, 8]", "[]"])
    func refusesOffsetsThatDoNotFitTheShape(_ offsets: String) {
        expectFault(
            "the tensor's offsets do not fit its type and shape", tensor: "a", found: "data_offsets \(offsets)",
            expected: "8 bytes for F16 [2, 2]",
            in: safetensors(#"{"a":{"dtype":"F16","shape":[2,2],"data_offsets":\#(offsets)}}"#, data: Data(count: 8)))
    }

    @Test func refusesOverlappingTensors() {
        expectFault(
            "two tensors share bytes", tensor: "b", found: "a beginning at byte 4 of the data, within 'a'",
            expected: "tensors one after another",
            in: safetensors(
                #"{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
                data: Data(count: 8)))
    }

    @Test func refusesHoles() {
        expectFault(
            "bytes belong to no tensor", tensor: "a", found: "a gap from byte 0 to 4 of the data before it",
            expected: "tensors one after another",
            in: safetensors(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, data: Data(count: 8)))
    }

    @Test(arguments: [3, 5])
    func refusesDataOfAnotherLength(_ count: Int) {
        expectFault(
            "the data is not as long as the safetensors header says", found: "\(count) bytes",
            expected: "4 bytes after the header",
            in: safetensors(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: Data(count: count)))
    }

    @Test func repeatsOnlySoMuchOfALongName() {
        let name = String(repeating: "a", count: 1000)
        expectFault(
            "the tensor's entry is incomplete", tensor: String(repeating: "a", count: 200) + "…",
            found: "no 'dtype'", expected: "dtype, shape and data_offsets", in: safetensors("{\"\(name)\":{}}"))
    }

    private func expectFault(
        _ what: String, tensor: String? = nil, found: String, expected: String, in file: Data,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            \(what)
              where:    weights.bin\(tensor.map { ", tensor '\($0)'" } ?? "")
              found:    \(found)
              expected: \(expected)
              try:      \(Self.again)
            """, exit: .badData, sourceLocation: sourceLocation
        ) { try checkpoint(file) }
    }
}

/// A file with this header and data, and the header's length unless another is given.
func safetensors(_ header: String, length: UInt64? = nil, data: Data = Data()) -> Data {
    var file = Data()
    file.append(littleEndian: length ?? UInt64(header.utf8.count))
    return file + Data(header.utf8) + data
}
