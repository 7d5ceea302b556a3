import Foundation
import TestSupport

@testable import Checkpoints

/// What `Tests/Fixtures/checkpoints/expected.json` says that a tensor holds.
struct ExpectedTensor: Decodable {
    /// The element type as safetensors spells it.
    let type: String
    let shape: [Int]
    /// The bits of each value as float32, or nil for integers.
    let bits: [UInt32]?

    /// The tensors of each fixture by name.
    static func all() throws -> [String: [String: ExpectedTensor]] {
        let data = try Data(contentsOf: fixture("checkpoints/expected.json"))
        return try JSONDecoder().decode([String: [String: ExpectedTensor]].self, from: data)
    }
}

/// Reads bytes as if they stood in a file of this name.
func checkpoint(_ bytes: Data, named name: String = "weights.bin") throws -> Checkpoint {
    try Checkpoint(bytes, file: URL(fileURLWithPath: name))
}

/// Little-endian float32 values.
func bytes(of values: [Float]) -> Data {
    Data(littleEndian: values)
}
