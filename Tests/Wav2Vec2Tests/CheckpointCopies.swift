import Checkpoints
import Foundation
import TestSupport
import Testing

/// The tensors of a checkpoint while a test changes them.
typealias EditableTensors = [String: (shape: [Int], values: [Float])]

/// A temporary copy of a checkpoint of the fixtures, with keys of its `config.json` or `preprocessor_config.json` set.
///
/// A key that is set to nil is removed.
func withCheckpoint<Result>(
    _ name: String = "base", settings: [String: Any?] = [:], file: String = "config.json",
    _ body: (URL) throws -> Result
) throws -> Result {
    try withTemporaryDirectory { parent in
        let directory = parent.appendingPathComponent(name)
        try FileManager.default.copyItem(at: fixture("wav2vec2/\(name)"), to: directory)
        if !settings.isEmpty { try set(settings, in: directory.appendingPathComponent(file)) }
        return try body(directory)
    }
}

/// A temporary copy of a checkpoint of the fixtures with other tensors.
func withTensors<Result>(
    of name: String = "base", edited edit: (inout EditableTensors) -> Void, _ body: (URL) throws -> Result
) throws -> Result {
    try withCheckpoint(name) { directory in
        let checkpoint = try Checkpoint(contentsOf: Checkpoint.weightsFile(in: directory))
        var tensors: EditableTensors = try checkpoint.tensors.mapValues { ($0.shape, try $0.floats()) }
        edit(&tensors)
        try FileManager.default.removeItem(at: checkpoint.file)
        let edited = tensors.map { name, tensor in
            TensorToWrite(name: name, shape: tensor.shape) { tensor.values }
        }
        try SafetensorsWriter.write(edited, to: directory.appendingPathComponent("model.safetensors"))
        return try body(directory)
    }
}

private func set(_ settings: [String: Any?], in file: URL) throws {
    let found = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    var members = try #require(found as? [String: Any])
    for (key, value) in settings { members[key] = value }
    try JSONSerialization.data(withJSONObject: members).write(to: file)
}
