import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct CheckpointTests {
    @Test(arguments: [
        "types.safetensors", "types.bin", "types-legacy.bin", "module.safetensors", "module.bin", "module-legacy.bin",
        "parameters.safetensors", "parameters.bin", "parameters-legacy.bin", "views.bin", "views-legacy.bin",
    ])
    func holdsTheTensorsThatPyTorchSaved(_ file: String) throws {
        let name = String(file.prefix { $0 != "." && $0 != "-" })
        let expected = try #require(ExpectedTensor.all()[name])
        let tensors = try Checkpoint(contentsOf: fixture("checkpoints/\(file)")).tensors
        #expect(tensors.keys.sorted() == expected.keys.sorted())
        for (name, tensor) in expected {
            let view = try #require(tensors[name])
            #expect(view.name == name)
            #expect(view.elementType.rawValue == tensor.type)
            #expect(view.shape == tensor.shape)
            #expect(view.elementCount == tensor.shape.reduce(1, *))
            guard let bits = tensor.bits else { continue }
            #expect(try view.floats().map(\.bitPattern) == bits, "\(name)")
        }
    }

    @Test func carriesTheMetadataOfSafetensors() throws {
        let file = fixture("checkpoints/types.safetensors")
        let metadata = ["format": "pt", "note": "a \"quoted\" line\nand ünïcode"]
        #expect(try Checkpoint(contentsOf: file).metadata == metadata)
        #expect(try Checkpoint.metadata(of: file) == metadata)
    }

    @Test(arguments: ["types.bin", "types-legacy.bin", "module.safetensors"])
    func hasNoMetadataWhereTheFormatOrFileHasNone(_ file: String) throws {
        #expect(try Checkpoint(contentsOf: fixture("checkpoints/\(file)")).metadata == [:])
        #expect(try Checkpoint.metadata(of: fixture("checkpoints/\(file)")) == [:])
    }

    @Test func prefersSafetensorsInADirectory() throws {
        try withTemporaryDirectory { directory in
            let (safetensors, bin) = (
                file("model.safetensors", in: directory), file("pytorch_model.bin", in: directory)
            )
            try Data().write(to: bin)
            #expect(try Checkpoint.weightsFile(in: directory).lastPathComponent == "pytorch_model.bin")
            try Data().write(to: safetensors)
            #expect(try Checkpoint.weightsFile(in: directory).lastPathComponent == "model.safetensors")
        }
    }

    @Test func namesBothWeightsFilesWhereNeitherIsThere() throws {
        try withTemporaryDirectory { directory in
            expectDiagnosis(
                """
                the directory holds no weights
                  where:    \(directory.path)
                  expected: model.safetensors or pytorch_model.bin
                  try:      download either file of the checkpoint into this directory
                """, exit: .missingInput
            ) { try Checkpoint.weightsFile(in: directory) }
        }
    }

    @Test func refusesADirectoryWithOnlyAnIndex() throws {
        try withTemporaryDirectory { directory in
            let index = file("pytorch_model.bin.index.json", in: directory)
            try Data("{}".utf8).write(to: index)
            expectDiagnosis(
                """
                checkpoints in several files are not read
                  where:    \(index.path)
                  found:    the index of a sharded checkpoint
                  expected: model.safetensors or pytorch_model.bin in one piece
                  try:      save the model again with save_pretrained(…, max_shard_size="100GB")
                """, exit: .badData
            ) { try Checkpoint.weightsFile(in: directory) }
        }
    }

    @Test func saysThatAFileIsAbsent() {
        expectDiagnosis(
            """
            there is no such checkpoint
              where:    /nowhere/model.safetensors
              try:      check the path, or download the file
            """, exit: .missingInput
        ) { try Checkpoint(contentsOf: URL(fileURLWithPath: "/nowhere/model.safetensors")) }
    }

    @Test func saysThatADirectoryIsNoFile() throws {
        try withTemporaryDirectory { directory in
            expectDiagnosis(
                """
                cannot read the checkpoint
                  where:    \(directory.path)
                  found:    it is a directory
                  try:      give a file that this user may read
                """, exit: .missingInput
            ) { try Checkpoint.metadata(of: directory) }
        }
    }

    @Test func refusesThePickleThatWouldRunACommand() throws {
        let file = fixture("checkpoints/malicious.bin")
        expectDiagnosis(
            """
            the checkpoint's pickle asks for a Python name that is not allowed
              where:    \(file.path), byte 62
              found:    os.system
              expected: collections.OrderedDict, torch._utils._rebuild_tensor_v2, torch._utils._rebuild_parameter, \
            torch.Size or a storage type
              try:      nothing was executed; use the checkpoint's safetensors form, or one from a source you trust
            """, exit: .badData
        ) { try Checkpoint(contentsOf: file) }
    }

    @Test func namesTheOpcodeOfALaterPickleProtocol() throws {
        let file = fixture("checkpoints/protocol4.bin")
        expectDiagnosis(
            """
            the checkpoint's pickle uses an opcode that is not supported
              where:    \(file.path), byte 66
              found:    FRAME (95)
              expected: the opcodes that torch.save writes with pickle protocol 2
              try:      use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch
            """, exit: .badData
        ) { try Checkpoint(contentsOf: file) }
    }

    @Test(arguments: ["nested.bin", "nested-legacy.bin"])
    func asksForTheInnerStateDictionary(_ name: String) throws {
        let file = fixture("checkpoints/\(name)")
        expectDiagnosis(
            """
            the PyTorch file does not hold a plain state dictionary
              where:    \(file.path), key 'state_dict'
              found:    a dictionary
              expected: a tensor
              try:      save the inner dictionary alone, as torch.save(torch.load(FILE)['state_dict'], OTHER)
            """, exit: .badData
        ) { try Checkpoint(contentsOf: file) }
    }

    @Test(arguments: ["training.bin", "training-legacy.bin"])
    func refusesWhatIsNotATensor(_ name: String) throws {
        let file = fixture("checkpoints/\(name)")
        expectDiagnosis(
            """
            the PyTorch file does not hold a plain state dictionary
              where:    \(file.path), key 'epoch'
              found:    an integer
              expected: a tensor
              try:      save only the state dictionary: torch.save(model.state_dict(), FILE)
            """, exit: .badData
        ) { try Checkpoint(contentsOf: file) }
    }

    @Test(arguments: ["transposed.bin", "transposed-legacy.bin"])
    func refusesATransposedTensor(_ name: String) throws {
        let file = fixture("checkpoints/\(name)")
        expectDiagnosis(
            """
            the tensor's elements do not follow one another
              where:    \(file.path), tensor 'turned'
              found:    strides [1, 3] for shape [3, 2]
              expected: row-major order
              try:      save the tensors contiguous: torch.save({k: v.contiguous() for k, v in state.items()}, FILE)
            """, exit: .badData
        ) { try Checkpoint(contentsOf: file) }
    }

    private func file(_ name: String, in directory: URL) -> URL {
        directory.appendingPathComponent(name)
    }
}
