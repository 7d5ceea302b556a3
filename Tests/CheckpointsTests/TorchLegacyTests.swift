import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct TorchLegacyTests {
    private static let again = "download the file again and compare its SHA-256 with the published one"
    private static let convert =
        "use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch"

    /// The parts of a legacy file, each of which a test may replace.
    private struct Parts {
        var version = HandmadePickle.of { $0.integer(1001) }
        var system = HandmadePickle.ofState { pickle in
            pickle.text("little_endian")
            pickle.add(.newtrue)
        }
        var state = HandmadePickle.ofState {
            $0.tensor("a", storage: "11", count: 2, shape: [2], strides: [1], isLegacy: true)
        }
        var keys = TorchLegacyTests.keys(["11"])
        var storages = TorchLegacyTests.storage(2, bytes(of: [1, 2]))

        var file: Data { Data([0x80, 2] + TorchLegacy.magicNumber) + version + system + state + keys + storages }
    }

    @Test func findsStoragesInTheOrderOfTheirKeys() throws {
        var parts = Parts()
        parts.state = HandmadePickle.ofState { pickle in
            pickle.tensor("a", storage: "11", count: 2, shape: [2], strides: [1], isLegacy: true)
            pickle.tensor("b", storage: "7", count: 1, shape: [], strides: [], isLegacy: true)
        }
        parts.keys = Self.keys(["7", "11"])
        parts.storages = Self.storage(1, bytes(of: [3])) + Self.storage(2, bytes(of: [1, 2]))
        let tensors = try checkpoint(parts.file).tensors
        #expect(try tensors["a"]?.floats() == [1, 2])
        #expect(try tensors["b"]?.floats() == [3])
    }

    @Test func refusesAnotherProtocolVersion() {
        var parts = Parts()
        parts.version = HandmadePickle.of { $0.integer(1000) }
        expectFault(
            "the PyTorch file has an unknown protocol version", found: "1000", expected: "1001",
            remedy: Self.convert, in: parts)
    }

    @Test func refusesSystemFactsThatAreNoDictionary() {
        var parts = Parts()
        parts.system = HandmadePickle.of { $0.add(.emptyList) }
        expectFault(
            "the PyTorch file does not describe its writer's machine", found: "a list", expected: "a dictionary",
            in: parts)
    }

    @Test func refusesAnotherByteOrder() {
        var parts = Parts()
        parts.system = HandmadePickle.ofState { pickle in
            pickle.text("little_endian")
            pickle.add(.newfalse)
        }
        expectFault(
            "the checkpoint has another byte order", found: "a big-endian writer", expected: "a little-endian one",
            remedy: Self.convert, in: parts)
    }

    @Test func refusesKeysThatAreNoList() {
        var parts = Parts()
        parts.keys = HandmadePickle.of { $0.add(.emptyTuple) }
        expectFault(
            "the PyTorch file does not list its storages", found: "a tuple", expected: "a list of strings", in: parts)
    }

    @Test func refusesKeysThatAreNoStrings() {
        var parts = Parts()
        parts.keys = HandmadePickle.of { pickle in
            pickle.add(.emptyList)
            pickle.integer(11)
            pickle.add(.append)
        }
        expectFault(
            "the PyTorch file does not list its storages", found: "a list that holds an integer",
            expected: "a list of strings", in: parts)
    }

    @Test(arguments: [["11", "11"], ["12"]])
    func refusesKeysTooMany(_ keys: [String]) {
        var parts = Parts()
        parts.keys = Self.keys(keys)
        parts.storages += parts.storages
        expectFault(
            "the file lists a storage that it should not", storage: keys.last,
            found: "a key that no tensor uses, or one again", expected: "the key of each tensor's storage once",
            in: parts)
    }

    @Test func namesAStorageThatIsNotListed() {
        var parts = Parts()
        parts.keys = Self.keys([])
        parts.storages = Data()
        expectDiagnosis(
            """
            the storage of a tensor is missing
              where:    weights.bin, storage '11'
              expected: the storage in the file
              try:      \(Self.again)
            """, exit: .badData
        ) { try checkpoint(parts.file) }
    }

    @Test func refusesAStorageWithAnotherCount() {
        var parts = Parts()
        parts.storages = Self.storage(-1, bytes(of: [1, 2]))
        expectFault(
            "the storage is not as long as the pickle says", storage: "11", found: "-1 elements",
            expected: "2 elements", in: parts)
    }

    @Test func refusesAStorageWithoutACount() {
        var parts = Parts()
        parts.storages = Data(count: 7)
        expectFault(
            "the storage is not as long as the pickle says", storage: "11", found: "the end of the file",
            expected: "2 elements", in: parts)
    }

    @Test func refusesAStorageCutOff() {
        var parts = Parts()
        parts.storages = parts.storages.dropLast()
        expectFault(
            "the storage is not as long as the pickle says", storage: "11", found: "7 bytes",
            expected: "2 elements of 4 bytes", in: parts)
    }

    @Test func refusesBytesLeftOver() {
        var parts = Parts()
        parts.storages += Data(count: 1)
        expectFault(
            "the PyTorch file goes on after its last storage", found: "1 byte more", expected: "the end of the file",
            in: parts)
    }

    private static func keys(_ keys: [String]) -> Data {
        HandmadePickle.of { pickle in
            pickle.add(.emptyList)
            pickle.add(.mark)
            keys.forEach { pickle.text($0) }
            pickle.add(.appends)
        }
    }

    private static func storage(_ count: Int, _ elements: Data) -> Data {
        var storage = Data()
        storage.append(littleEndian: count)
        return storage + elements
    }

    private func expectFault(
        _ what: String, storage: String? = nil, found: String, expected: String, remedy: String = again,
        in parts: Parts, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            \(what)
              where:    weights.bin\(storage.map { ", storage '\($0)'" } ?? "")
              found:    \(found)
              expected: \(expected)
              try:      \(remedy)
            """, exit: .badData, sourceLocation: sourceLocation
        ) { try checkpoint(parts.file) }
    }
}
