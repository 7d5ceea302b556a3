import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct TorchZipTests {
    private let pickle = HandmadePickle.ofState { $0.tensor("a", count: 2, shape: [2], strides: [1]) }

    @Test func findsStoragesByTheirKeys() throws {
        let archive = HandmadeArchive.ofCheckpoint(pickle, storages: ["0": bytes(of: [1, 2])])
        #expect(try checkpoint(archive.bytes).tensors["a"]?.floats() == [1, 2])
    }

    @Test func takesBytesOfUntypedStorage() throws {
        let pickle = HandmadePickle.ofState { pickle in
            pickle.text("a")
            pickle.global("torch._utils", "_rebuild_tensor_v2")
            pickle.tuple { arguments in
                arguments.tuple { id in
                    id.text("storage")
                    id.global("torch.storage", "UntypedStorage")
                    id.text("0")
                    id.text("cuda:0")
                    id.integer(3)
                }
                arguments.add(.binpersid)
                arguments.integer(1)
                arguments.integers([2])
                arguments.integers([1])
                arguments.add(.newfalse)
                arguments.add(.none)
            }
            pickle.add(.reduce)
        }
        let view = try #require(
            checkpoint(HandmadeArchive.ofCheckpoint(pickle, storages: ["0": Data([7, 8, 9])]).bytes).tensors["a"])
        #expect(view.elementType == .uint8)
        #expect(Array(view.bytes) == [8, 9])
    }

    @Test func refusesAStorageWithATurnedBit() {
        var archive = HandmadeArchive.ofCheckpoint(pickle, storages: ["0": bytes(of: [1, 2])])
        let place = archive.entries.count - 1
        archive.entries[place].checksum = 0x0123_abcd
        #expect(throws: CheckpointError.self) { try checkpoint(archive.bytes) }
    }

    @Test func refusesAPickleLongerThanAnyStateDictionarysUnread() {
        var archive = HandmadeArchive.ofCheckpoint(pickle + Data(count: PickleMachine.maximumByteCount))
        // Its checksum is not even computed.
        archive.entries[0].checksum = 0
        let bytes = archive.bytes
        expectDiagnosis(
            """
            the checkpoint's pickle is too long
              where:    weights.bin, byte 40
              found:    more than 16777216 bytes
              expected: at most 16777216 bytes
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try checkpoint(bytes) }
    }

    /// The folder's name is looked up with every storage's.
    @Test func refusesAFolderWithALongerNameThanAFileHas() throws {
        func archive(_ folder: String) -> HandmadeArchive {
            HandmadeArchive(entries: [
                HandmadeArchive.Entry("\(folder)/data.pkl", pickle),
                HandmadeArchive.Entry("\(folder)/data/0", bytes(of: [1, 2])),
            ])
        }
        let longest = String(repeating: "m", count: 255)
        #expect(try checkpoint(archive(longest).bytes).tensors["a"]?.floats() == [1, 2])
        expectDiagnosis(
            """
            the name of the archive's folder is too long
              where:    weights.bin
              found:    256 bytes
              expected: at most 255 bytes
              try:      use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch
            """, exit: .badData
        ) { try checkpoint(archive(longest + "m").bytes) }
    }

    @Test func refusesAnotherByteOrder() {
        var archive = HandmadeArchive.ofCheckpoint(pickle, storages: ["0": bytes(of: [1, 2])])
        archive.entries.append(HandmadeArchive.Entry("m/byteorder", Data("big".utf8)))
        expectDiagnosis(
            """
            the checkpoint has another byte order
              where:    weights.bin
              found:    'big'
              expected: 'little'
              try:      use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch
            """, exit: .badData
        ) { try checkpoint(archive.bytes) }
    }

    @Test func refusesAnArchiveOfSomethingElse() {
        expectDiagnosis(
            """
            the archive is not a PyTorch checkpoint
              where:    weights.bin
              found:    no entry NAME/data.pkl
              expected: what torch.save writes
              try:      use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch
            """, exit: .badData
        ) { try checkpoint(HandmadeArchive(entries: [HandmadeArchive.Entry("a.npy", Data())]).bytes) }
    }

    @Test func refusesTwoCheckpointsInOneArchive() {
        let entries = ["b/data.pkl", "a/data.pkl"].map { HandmadeArchive.Entry($0, pickle) }
        expectDiagnosis(
            """
            the archive holds more than one checkpoint
              where:    weights.bin
              found:    a/data.pkl, b/data.pkl
              expected: one entry NAME/data.pkl
              try:      use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch
            """, exit: .badData
        ) { try checkpoint(HandmadeArchive(entries: entries).bytes) }
    }

    @Test func namesAMissingStorage() {
        expectDiagnosis(
            """
            the storage of a tensor is missing
              where:    weights.bin, storage '0'
              expected: the storage in the file
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try checkpoint(HandmadeArchive.ofCheckpoint(pickle, storages: ["1": bytes(of: [1, 2])]).bytes) }
    }

    @Test func refusesAStorageOfAnotherLength() {
        expectDiagnosis(
            """
            the storage is not as long as the pickle says
              where:    weights.bin, storage '0'
              found:    7 bytes
              expected: 2 elements of 4 bytes
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try checkpoint(HandmadeArchive.ofCheckpoint(pickle, storages: ["0": Data(count: 7)]).bytes) }
    }
}
