import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsWriterTests {
    private struct Interruption: Error {}

    @Test func writesTheseBytes() throws {
        try withTemporaryFile { file in
            try SafetensorsWriter.write(
                [TensorToWrite(name: "b", shape: [2]) { [1, 2] }, TensorToWrite(name: "a", shape: []) { [-0.5] }],
                metadata: ["z": "1", "k": "a\"b\n\u{1}"], to: file)
            let header =
                #"{"__metadata__":{"k":"a\"b\n\u0001","z":"1"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"#
                + #""b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#
            let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
            let expected = safetensors(header + padding, data: bytes(of: [-0.5, 1, 2]))
            #expect(try Data(contentsOf: file) == expected)
        }
    }

    @Test func isReadBack() throws {
        try withTemporaryFile { file in
            let metadata = ["classes": "[\"calm\",\"fröhlich\"]", "\u{1f600}\\": "\t\r"]
            try SafetensorsWriter.write(
                [
                    TensorToWrite(name: "0.weight", shape: [2, 3]) { [1, 2, 3, 4, 5, 6] },
                    TensorToWrite(name: "empty", shape: [0, 3]) { [] },
                    TensorToWrite(name: "0.bias", shape: [1]) { [.nan] },
                ], metadata: metadata, to: file)
            let read = try Checkpoint(contentsOf: file)
            #expect(read.metadata == metadata)
            #expect(read.tensors.mapValues(\.shape) == ["0.weight": [2, 3], "empty": [0, 3], "0.bias": [1]])
            #expect(try read.tensors["0.weight"]?.floats() == [1, 2, 3, 4, 5, 6])
            #expect(try read.tensors["0.bias"]?.floats().first?.isNaN == true)
        }
    }

    @Test func replacesWhatStoodThere() throws {
        try withTemporaryFile { file in
            try Data("old".utf8).write(to: file)
            try SafetensorsWriter.write([], to: file)
            #expect(try Data(contentsOf: file) == safetensors("{}      "))
        }
    }

    @Test func leavesTheOldFileAndNothingElseWhenInterrupted() throws {
        try withTemporaryFile { file in
            try Data("old".utf8).write(to: file)
            let tensors = [
                TensorToWrite(name: "a", shape: [1]) { [1] },
                TensorToWrite(name: "b", shape: [1]) { throw Interruption() },
            ]
            #expect(throws: Interruption.self) { try SafetensorsWriter.write(tensors, to: file) }
            #expect(try Data(contentsOf: file) == Data("old".utf8))
            let directory = file.deletingLastPathComponent()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [file.lastPathComponent])
        }
    }

    @Test func makesOneTensorAtATimeInTheOrderOfNames() throws {
        try withTemporaryFile { file in
            let made = Recorder()
            try SafetensorsWriter.write(
                ["c", "a", "b"].map { name in
                    TensorToWrite(name: name, shape: [1]) {
                        made.names.append(name)
                        return [0]
                    }
                }, to: file)
            #expect(made.names == ["a", "b", "c"])
        }
    }

    private final class Recorder {
        var names: [String] = []
    }

    private func withTemporaryFile(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("head.safetensors")) }
    }
}
