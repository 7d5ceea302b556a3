import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct CheckpointFormatTests {
    @Test func isToldByContentWhateverTheName() throws {
        for (name, format) in [
            ("types.safetensors", CheckpointFormat.safetensors), ("types.bin", .torchZip),
            ("types-legacy.bin", .torchLegacy),
        ] {
            let bytes = try Data(contentsOf: fixture("checkpoints/\(name)"))
            #expect(try CheckpointFormat(of: bytes, file: "weights") == format)
        }
    }

    @Test func ignoresTheProtocolOfTheLegacyMagicNumber() throws {
        let bytes = Data([0x80, 3] + TorchLegacy.magicNumber)
        #expect(try CheckpointFormat(of: bytes, file: "weights") == .torchLegacy)
    }

    @Test(arguments: [
        ("", "an empty file"), ("{", "1 byte that begin 7b"),
        ("<!DOCTYPE html>", "15 bytes that begin 3c 21 44 4f 43 54 59 50"),
        ("\0\0\0\0\0\0\0\0\0\0\0\0", "12 bytes that begin 00 00 00 00 00 00 00 00"),
    ])
    func saysHowAnUnknownFileBegins(_ text: String, _ found: String) {
        expectDiagnosis(
            """
            the file is not a checkpoint
              where:    weights.bin
              found:    \(found)
              expected: safetensors, or what torch.save writes (zip or legacy form)
              try:      download the file again and compare its SHA-256 with the published one
            """, exit: .badData
        ) { try checkpoint(Data(text.utf8)) }
    }

    @Test func knowsThePointersThatGitLeaves() {
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 377667514\n"
        expectDiagnosis(
            """
            the file is only Git's pointer to a checkpoint
              where:    weights.bin
              found:    a Git LFS pointer
              expected: the checkpoint itself
              try:      run git lfs pull where the file was cloned
            """, exit: .badData
        ) { try checkpoint(Data(pointer.utf8)) }
    }

    @Test func knowsTheIndexOfAShardedCheckpoint() {
        let index = #"{"metadata": {"total_size": 8}, "weight_map": {"a": "model-00001-of-00002.safetensors"}}"#
        expectDiagnosis(
            """
            checkpoints in several files are not read
              where:    model.safetensors.index.json
              found:    the index of a sharded checkpoint
              expected: model.safetensors or pytorch_model.bin in one piece
              try:      save the model again with save_pretrained(…, max_shard_size="100GB")
            """, exit: .badData
        ) { try checkpoint(Data(index.utf8), named: "model.safetensors.index.json") }
    }
}
