import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct TensorViewTests {
    @Test func readsValuesAtAnyAlignment() throws {
        let data = Data([0]) + bytes(of: [1.5, -2])
        let view = TensorView(name: "a", shape: [2], elementType: .float32, bytes: data[1...], file: "weights.bin")
        #expect(try view.floats() == [1.5, -2])
    }

    @Test func refusesToTurnIntegersIntoFloats() throws {
        let file = fixture("checkpoints/types.safetensors")
        let view = try #require(Checkpoint(contentsOf: file).tensors["int64"])
        expectDiagnosis(
            """
            the tensor does not hold floating-point values
              where:    \(file.path), tensor 'int64'
              found:    I64
              expected: F32, F16, BF16 or F64
              try:      save the checkpoint again with floating-point weights
            """, exit: .badData
        ) { try view.floats() }
    }
}
