import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct StateDictionaryTests {
    private static let again = "download the file again and compare its SHA-256 with the published one"
    private static let save = "save only the state dictionary: torch.save(model.state_dict(), FILE)"

    @Test func ignoresTheStridesOfSingleAndEmptyDimensions() throws {
        let views = try read(
            HandmadePickle.ofState { pickle in
                pickle.tensor("single", count: 6, offset: 2, shape: [1, 4, 1], strides: [77, 1, 99])
                pickle.tensor("empty", count: 6, offset: 6, shape: [3, 0], strides: [5, 5])
            }, elements: [0, 1, 2, 3, 4, 5])
        #expect(try views["single"]?.floats() == [2, 3, 4, 5])
        #expect(try views["empty"]?.floats() == [])
    }

    @Test func refusesWhatIsNoDictionary() {
        expectFault(
            "the PyTorch file does not hold a plain state dictionary", found: "a list",
            expected: "a dictionary of tensors by name", remedy: Self.save, in: HandmadePickle.of { $0.add(.emptyList) }
        )
    }

    @Test func refusesKeysThatAreNoStrings() {
        expectFault(
            "the PyTorch file does not hold a plain state dictionary", found: "an integer as a key",
            expected: "a string", remedy: Self.save,
            in: HandmadePickle.ofState { pickle in
                pickle.integer(0)
                pickle.add(.none)
            })
    }

    @Test func refusesRepeatedNames() {
        expectFault(
            "the state dictionary repeats a key", at: "tensor 'a'", found: "the name again",
            expected: "each name once",
            in: HandmadePickle.ofState { pickle in
                for _ in 0..<2 { pickle.tensor("a", count: 1, shape: [], strides: []) }
            })
    }

    @Test(arguments: [[-1, 1], [-2, -2], [Int.max, 3]])
    func refusesImpossibleShapes(_ shape: [Int]) {
        expectFault(
            "the tensor has an impossible shape", at: "tensor 'a'", found: "\(shape)",
            expected: "sizes from 0 up, at most 9223372036854775807 bytes in all",
            in: HandmadePickle.ofState { $0.tensor("a", count: 4, shape: shape, strides: [1, 1]) })
    }

    @Test(arguments: [([2, 3], [1, 2]), ([2, 3], [6, 2]), ([4], [0]), ([4], [-1])])
    func refusesElementsThatDoNotFollowOneAnother(_ shape: [Int], _ strides: [Int]) {
        expectFault(
            "the tensor's elements do not follow one another", at: "tensor 'a'",
            found: "strides \(strides) for shape \(shape)", expected: "row-major order",
            remedy: "save the tensors contiguous: torch.save({k: v.contiguous() for k, v in state.items()}, FILE)",
            in: HandmadePickle.ofState { $0.tensor("a", count: 100, shape: shape, strides: strides) })
    }

    @Test(arguments: [(0, 5), (1, 4), (4, 1), (5, 0), (-1, 1), (Int.max, 1)])
    func refusesTensorsBeyondTheirStorage(_ offset: Int, _ count: Int) {
        expectFault(
            "the tensor does not lie within its storage", at: "tensor 'a'",
            found: "\(count) element\(count == 1 ? "" : "s") from element \(offset)",
            expected: "a storage of 4 elements",
            in: HandmadePickle.ofState { $0.tensor("a", count: 4, offset: offset, shape: [count], strides: [1]) })
    }

    @Test func refusesStoragesThatCannotBeCounted() {
        expectFault(
            "the tensor does not lie within its storage", at: "tensor 'a'", found: "1 element from element 0",
            expected: "a storage of 9223372036854775807 elements",
            in: HandmadePickle.ofState { $0.tensor("a", count: .max, shape: [1], strides: [1]) })
    }

    @Test func asksForAStorageOnce() throws {
        let pickle = HandmadePickle.ofState { pickle in
            for name in ["a", "b", "c"] { pickle.tensor(name, count: 4, shape: [4], strides: [1]) }
        }
        let state = try StateDictionary(PickleMachine.unpickle(pickle, file: "weights.bin"), file: "weights.bin")
        var asked: [String] = []
        let views = try state.views { storage in
            asked.append(storage.key)
            return bytes(of: [1, 2, 3, 4])
        }
        #expect(asked == ["0"])
        #expect(try views["c"]?.floats() == [1, 2, 3, 4])
    }

    /// Each view takes memory of its own once an encoder is loaded.
    @Test func refusesMoreViewsOfAStorageThanTiedWeightsMake() throws {
        func pickle(_ names: [String]) -> Data {
            HandmadePickle.ofState { pickle in
                for name in names { pickle.tensor(name, count: 4, shape: [2, 2], strides: [2, 1]) }
                pickle.tensor("none", count: 4, shape: [0], strides: [1])
            }
        }
        #expect(try read(pickle(["a", "b", "c", "d"])).count == 5)
        expectFault(
            "the tensors share one storage too often", at: "tensor 'e'",
            found: "80 bytes in views of a storage of 16 bytes", expected: "at most 4 times the storage",
            remedy: "save each on its own: torch.save({k: v.clone() for k, v in state.items()}, FILE)",
            in: pickle(["a", "b", "c", "d", "e"]))
    }

    private func read(_ pickle: Data, elements: [Float] = [0, 0, 0, 0]) throws -> [String: TensorView] {
        try checkpoint(HandmadeArchive.ofCheckpoint(pickle, storages: ["0": bytes(of: elements)]).bytes).tensors
    }

    private func expectFault(
        _ what: String, at place: String? = nil, found: String, expected: String, remedy: String = again,
        in pickle: Data, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            \(what)
              where:    weights.bin\(place.map { ", \($0)" } ?? "")
              found:    \(found)
              expected: \(expected)
              try:      \(remedy)
            """, exit: .badData, sourceLocation: sourceLocation
        ) { try read(pickle) }
    }
}
