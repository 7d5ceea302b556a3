import Checkpoints
import Diagnosis
import Foundation
import TestSupport
import Testing

@testable import EmotionHead

@Suite struct HeadFileTests {
    @Test(arguments: [[], [4], [5, 4]]) func readsWhatItWrote(_ hidden: [Int]) throws {
        try withTemporaryFile { file in
            let written = sample(hidden: hidden)
            try written.write(to: file)
            #expect(try HeadFile(contentsOf: file) == written)
        }
    }

    @Test func tensorsHaveTheNamesOfASequential() throws {
        try withTemporaryFile { file in
            try sample(hidden: [5, 4]).write(to: file)
            let checkpoint = try Checkpoint(contentsOf: file)
            let shapes = checkpoint.tensors.mapValues(\.shape)
            #expect(
                shapes == [
                    "0.weight": [5, 3], "0.bias": [5], "3.weight": [4, 5], "3.bias": [4], "6.weight": [2, 4],
                    "6.bias": [2],
                ])
            #expect(
                checkpoint.metadata == [
                    "classes": #"["calm","fearful / \"scared\""]"#, "layer": "12", "recipe": "seed 1",
                    "architecture": #"{"classes":2,"dropout":0.3,"hidden":[5,4],"inputs":3}"#,
                    "format": "timbre head 2", "sha256": checkpoint.metadata["sha256"],
                ])
            #expect(checkpoint.metadata["sha256"]?.count == 64)
        }
    }

    @Test(arguments: [[], [4]]) func aHeadOfSeveralStatesHasItsMixingBeside(_ hidden: [Int]) throws {
        try withTemporaryFile { file in
            let written = sample(hidden: hidden, states: 2)
            try written.write(to: file)
            #expect(try HeadFile(contentsOf: file) == written)
            let checkpoint = try Checkpoint(contentsOf: file)
            #expect(checkpoint.tensors["mix.weight"]?.shape == [2, 3])
            #expect(checkpoint.metadata["layer_weights"] == "[0.5,0.5]")
            #expect(checkpoint.metadata["architecture"]?.hasSuffix(#""inputs":3,"states":2}"#) == true)
        }
    }

    @Test(.enabled(if: Python.hasTorch, "needs python3 with torch and safetensors"), arguments: [[], [4], [5, 4]])
    func pyTorchGivesTheSameProbabilities(_ hidden: [Int]) throws {
        try withTemporaryFile { file in
            let written = sample(hidden: hidden)
            try written.write(to: file)
            let script = """
                import json, sys, torch
                from safetensors import safe_open
                from torch import nn
                with safe_open(sys.argv[1], "pt") as opened:
                    state = {name: opened.get_tensor(name) for name in opened.keys()}
                    shape = json.loads(opened.metadata()["architecture"])
                widths = [shape["inputs"], *shape["hidden"], shape["classes"]]
                modules = []
                for inputs, outputs in zip(widths, widths[1:]):
                    modules += [nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(shape["dropout"])]
                model = nn.Sequential(*modules[:-2])
                model.load_state_dict(state)
                model.eval()
                print(json.dumps(model(torch.tensor([[0.5, -1.0, 2.0]])).softmax(1)[0].tolist()))
                """
            let found = try JSONDecoder().decode([Float].self, from: Python.run(script, file.path))
            let expected = written.head.probabilities(of: [0.5, -1, 2])[0]
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-6 })
            #expect(found.count == expected.count)
        }
    }

    @Test func aFileWithoutMetadataIsNoHead() throws {
        try expectUnreadable(
            metadata: [:],
            """
            this is not a head written by Timbre
              where:    FILE
              found:    no "architecture" in its metadata
              expected: metadata "architecture" and "classes"
              try:      give --head a file that a report stage wrote
            """)
    }

    @Test func metadataThatIsNotJSONIsRefused() throws {
        try expectUnreadable(
            metadata: ["architecture": Self.architecture, "classes": "calm, happy"],
            """
            the head file cannot be used
              where:    FILE, metadata "classes"
              found:    calm, happy
              expected: a JSON array of class names
              try:      write the head again with timbre run
            """)
    }

    @Test(arguments: [#""inputs":0"#, #""inputs":-3"#]) func anArchitectureOfNoWidthIsRefused(_ inputs: String) throws {
        let architecture = #"{"classes":2,"dropout":0.3,"hidden":[],\#(inputs)}"#
        try expectUnreadable(
            metadata: ["architecture": architecture, "classes": Self.classes],
            """
            the head file cannot be used
              where:    FILE, metadata "architecture"
              found:    \(architecture)
              expected: widths of at least 1 and a dropout in [0, 1)
              try:      write the head again with timbre run
            """)
    }

    @Test func anotherNumberOfClassesIsRefused() throws {
        try expectUnreadable(
            metadata: ["architecture": Self.architecture, "classes": #"["calm"]"#],
            """
            the head file cannot be used
              where:    FILE, metadata "classes"
              found:    1 classes
              expected: 2, as many as the architecture has
              try:      write the head again with timbre run
            """)
    }

    @Test func aMissingTensorIsNamed() throws {
        try expectUnreadable(
            ["0.weight": [2, 3]],
            """
            the head file cannot be used
              where:    FILE, tensor "0.bias"
              found:    no such tensor
              expected: shape [2]
              try:      write the head again with timbre run
            """)
    }

    @Test func aHeadOfSeveralStatesNeedsItsMixing() throws {
        try expectUnreadable(
            ["0.weight": [2, 3], "0.bias": [2]], metadata: Self.mixed("[0.5,0.5]"),
            """
            the head file cannot be used
              where:    FILE, tensor "mix.weight"
              found:    no such tensor
              expected: shape [2, 3]
              try:      write the head again with timbre run
            """)
    }

    @Test func aMixingOfAnotherShapeIsNamed() throws {
        try expectUnreadable(
            ["mix.weight": [3, 2], "0.weight": [2, 3], "0.bias": [2]], metadata: Self.mixed("[0.5,0.5]"),
            """
            the head file cannot be used
              where:    FILE, tensor "mix.weight"
              found:    shape [3, 2]
              expected: shape [2, 3]
              try:      write the head again with timbre run
            """)
    }

    @Test func aMixingThatIsNotFiniteIsRefused() throws {
        try expectUnreadable(
            ["mix.weight": [2, 3]], filledWith: .infinity, metadata: Self.mixed("[0.5,0.5]"),
            """
            the head file cannot be used
              where:    FILE, tensor "mix.weight"
              found:    a number that is not finite
              expected: finite numbers
              try:      write the head again with timbre run
            """)
    }

    @Test(arguments: ["[1]", "[0.5,0.5,0]", "half"]) func otherThanOneWeightAStateIsRefused(_ weights: String) throws {
        try expectUnreadable(
            metadata: Self.mixed(weights),
            """
            the head file cannot be used
              where:    FILE, metadata "layer_weights"
              found:    \(weights)
              expected: a JSON array of 2 numbers
              try:      write the head again with timbre run
            """)
    }

    @Test func aHeadOfSeveralStatesNeedsTheirWeights() throws {
        try expectUnreadable(
            metadata: Self.mixed(nil),
            """
            this is not a head written by Timbre
              where:    FILE
              found:    no "layer_weights" in its metadata
              expected: the weight of each state, as the architecture has several
              try:      give --head a file that a report stage wrote
            """)
    }

    @Test func aMixingWithoutStatesIsUnexpected() throws {
        try expectUnreadable(
            ["mix.weight": [1, 3], "0.weight": [2, 3], "0.bias": [2]],
            """
            the head file cannot be used
              where:    FILE, tensor "mix.weight"
              found:    a tensor its architecture has no place for
              expected: the weights and biases of its linear layers, and "mix.weight" of several states
              try:      write the head again with timbre run
            """)
    }

    @Test func aTensorOfAnotherShapeIsNamed() throws {
        try expectUnreadable(
            ["0.weight": [3, 2], "0.bias": [2]],
            """
            the head file cannot be used
              where:    FILE, tensor "0.weight"
              found:    shape [3, 2]
              expected: shape [2, 3]
              try:      write the head again with timbre run
            """)
    }

    @Test func aTensorTooManyIsNamed() throws {
        try expectUnreadable(
            ["0.weight": [2, 3], "0.bias": [2], "3.bias": [2]],
            """
            the head file cannot be used
              where:    FILE, tensor "3.bias"
              found:    a tensor its architecture has no place for
              expected: the weights and biases of its linear layers, and "mix.weight" of several states
              try:      write the head again with timbre run
            """)
    }

    @Test func aNumberThatIsNotFiniteIsRefused() throws {
        try expectUnreadable(
            ["0.weight": [2, 3], "0.bias": [2]], filledWith: .nan,
            """
            the head file cannot be used
              where:    FILE, tensor "0.weight"
              found:    a number that is not finite
              expected: finite numbers
              try:      write the head again with timbre run
            """)
    }

    @Test func everyTurnedBitOfItsNumbersAndFactsIsFound() throws {
        try withTemporaryFile { file in
            try sample(hidden: [4]).write(to: file)
            let sound = try Data(contentsOf: file)
            for bit in stride(from: 8 * 8, to: 8 * sound.count, by: 7) {
                var damaged = sound
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                try damaged.write(to: file)
                // What is left is white space that pads the header, or the same number spelt in another way.
                if let read = try? HeadFile(contentsOf: file) { #expect(read == sample(hidden: [4]), "bit \(bit)") }
            }
        }
    }

    @Test func aHeadThatIsNotWhatWasWrittenIsRefused() throws {
        try expectUnreadable(
            ["0.weight": [2, 3], "0.bias": [2]],
            metadata: ["architecture": Self.architecture, "classes": Self.classes, "format": "timbre head 2"],
            """
            the head file has been damaged
              where:    FILE
              found:    a SHA-256 that its content does not have
              expected: the tensors and metadata that it was written with
              try:      copy it again; or remove it and run its pipeline, which trains it again
            """)
    }

    @Test func aHeadFromBeforeThereWasADigestIsTaken() throws {
        try withTemporaryFile { file in
            let tensors = [("0.weight", [2, 3]), ("0.bias", [2])].map { name, shape in
                TensorToWrite(name: name, shape: shape) { [Float](repeating: 1, count: shape.reduce(1, *)) }
            }
            let metadata = ["architecture": Self.architecture, "classes": Self.classes]
            try SafetensorsWriter.write(tensors, metadata: metadata, to: file)
            #expect(try HeadFile(contentsOf: file).classes == ["calm", "happy"])
        }
    }

    private static let architecture = #"{"classes":2,"dropout":0.3,"hidden":[],"inputs":3}"#
    private static func mixed(_ weights: String?) -> [String: String] {
        let architecture = #"{"classes":2,"dropout":0.3,"hidden":[],"inputs":3,"states":2}"#
        let metadata = ["architecture": architecture, "classes": classes]
        return weights.map { metadata.merging(["layer_weights": $0]) { $1 } } ?? metadata
    }

    private static let classes = #"["calm","happy"]"#

    private func sample(hidden: [Int], states: Int = 1) -> HeadFile {
        let architecture = HeadArchitecture(states: states, inputs: 3, hidden: hidden, classes: 2, dropout: 0.3)
        return HeadFile(
            head: Head(untrained: architecture, seed: 4), classes: ["calm", "fearful / \"scared\""],
            metadata: ["layer": "12", "recipe": "seed 1"])
    }

    private func expectUnreadable(
        _ shapes: [String: [Int]] = [:], filledWith value: Float = 0, metadata: [String: String]? = nil,
        _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try withTemporaryFile { file in
            let tensors = shapes.map { name, shape in
                TensorToWrite(name: name, shape: shape) { Array(repeating: value, count: shape.reduce(1, *)) }
            }
            let metadata = metadata ?? ["architecture": Self.architecture, "classes": Self.classes]
            try SafetensorsWriter.write(tensors, metadata: metadata, to: file)
            expectDiagnosis(
                message.replacingOccurrences(of: "FILE", with: file.relativePath), exit: .badData,
                sourceLocation: sourceLocation
            ) { try HeadFile(contentsOf: file) }
        }
    }

    private func withTemporaryFile(_ body: (URL) throws -> Void) throws {
        try withTemporaryDirectory { try body($0.appendingPathComponent("head.safetensors")) }
    }
}

/// The python3 of this machine, where a test needs PyTorch's own word.
private enum Python {
    static let hasTorch = (try? run("import safetensors, torch")) != nil

    static func run(_ script: String, _ arguments: String...) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return data
    }

    private struct Failure: Error {
        let status: Int32
    }
}
