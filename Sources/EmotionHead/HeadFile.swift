import Checkpoints
import Foundation
import Kernels

/// A head on disk, with what is needed to use it: a safetensors file that PyTorch reads too.
///
/// Tensors have the names PyTorch gives `Sequential(Linear, ReLU, Dropout, Linear, …)`: "0.weight" and "0.bias", then
/// "3.weight" and "3.bias", and so on by threes; a weight is outputs × inputs, float32. The metadata holds the class names
/// as a JSON array under "classes" and the architecture as a JSON object under "architecture", beside what the caller adds.
///
/// A head that mixes states has one tensor more, "mix.weight", states × inputs, float32: what the states are multiplied by
/// before they are summed into the first layer's input. What each state counts for is a JSON array under "layer_weights".
///
/// A SHA-256 over everything stands under "sha256"; see ``HeadDigest``.
public struct HeadFile: Sendable, Equatable {
    /// The head.
    public let head: Head
    /// The names of the classes, in the order of the head's outputs.
    public let classes: [String]
    /// What the caller adds, such as recipe, layer and encoder.
    public let metadata: [String: String]

    static let classesKey = "classes"
    static let architectureKey = "architecture"
    static let layerWeightsKey = "layer_weights"
    private static let ownKeys = Set([
        classesKey, architectureKey, layerWeightsKey, HeadDigest.formatKey, HeadDigest.key,
    ])

    /// Gathers what to write; as many names as the head has classes, and metadata without the keys of the format.
    public init(head: Head, classes: [String], metadata: [String: String]) {
        precondition(
            classes.count == head.architecture.classes,
            "HeadFile: \(classes.count) names for \(head.architecture.classes) classes")
        precondition(
            Self.ownKeys.isDisjoint(with: metadata.keys), "HeadFile: the keys \(Self.ownKeys) are the format's own")
        self.head = head
        self.classes = classes
        self.metadata = metadata
    }

    /// Writes the file, beside its place and then renamed.
    public func write(to file: URL) throws {
        var metadata = metadata
        metadata[Self.classesKey] = try Self.json(classes)
        metadata[Self.architectureKey] = try Self.json(head.architecture)
        var tensors = zip(head.architecture.linearShapes, head.layers).flatMap { shape, layer in
            [
                TensorToWrite(name: shape.weightName, shape: shape.weightShape, values: { layer.weight }),
                TensorToWrite(name: shape.biasName, shape: shape.biasShape, values: { layer.bias }),
            ]
        }
        if let mixing = head.mixing {
            metadata[Self.layerWeightsKey] = try Self.json(mixing.weights)
            let shape = head.architecture.mixingShape
            tensors.append(
                TensorToWrite(name: HeadArchitecture.mixingName, shape: shape, values: { mixing.coefficients }))
        }
        try SafetensorsWriter.write(tensors, metadata: HeadDigest.sealed(metadata, tensors), to: file)
    }

    /// Reads a file and checks all of it: metadata, and the name, shape and numbers of each tensor.
    ///
    /// Throws a `CheckpointError` where it is absent or damaged, an ``EmotionHeadError`` where it is no sound head.
    public init(contentsOf file: URL) throws {
        let checkpoint = try Checkpoint(contentsOf: file)
        try HeadDigest.check(checkpoint)
        let reader = HeadReader(checkpoint: checkpoint, file: file.relativePath)
        let architecture = try reader.architecture()
        classes = try reader.classes(of: architecture)
        head = try Head(
            architecture: architecture, mixing: reader.mixing(of: architecture), layers: reader.layers(of: architecture)
        )
        metadata = checkpoint.metadata.filter { !Self.ownKeys.contains($0.key) }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension LinearShape {
    var weightName: String { "\(module).weight" }
    var biasName: String { "\(module).bias" }
    var weightShape: [Int] { [outputs, inputs] }
    var biasShape: [Int] { [outputs] }
}

extension HeadArchitecture {
    static let mixingName = "mix.weight"
    var mixingShape: [Int] { [states, inputs] }
}

/// Takes a head out of a checkpoint, strictly.
private struct HeadReader {
    let checkpoint: Checkpoint
    let file: String

    func architecture() throws -> HeadArchitecture {
        let architecture = try decoded(
            HeadArchitecture.self, HeadFile.architectureKey,
            expected: "a JSON object with inputs, hidden, classes and dropout")
        let widths = [architecture.states, architecture.inputs, architecture.classes] + architecture.hidden
        guard widths.allSatisfy({ $0 > 0 }), (0..<1).contains(architecture.dropout) else {
            throw unusable(HeadFile.architectureKey, expected: "widths of at least 1 and a dropout in [0, 1)")
        }
        return architecture
    }

    func classes(of architecture: HeadArchitecture) throws -> [String] {
        let classes = try decoded([String].self, HeadFile.classesKey, expected: "a JSON array of class names")
        guard classes.count == architecture.classes else {
            throw EmotionHeadError.classCount(file: file, classes: classes.count, outputs: architecture.classes)
        }
        return classes
    }

    func mixing(of architecture: HeadArchitecture) throws -> Head.Mixing? {
        guard architecture.states > 1 else { return nil }
        let expected = "a JSON array of \(architecture.states) numbers"
        let weights = try decoded([Float].self, HeadFile.layerWeightsKey, expected: expected)
        guard weights.count == architecture.states else { throw unusable(HeadFile.layerWeightsKey, expected: expected) }
        let coefficients = try values(of: HeadArchitecture.mixingName, shape: architecture.mixingShape)
        return Head.Mixing(weights: weights, coefficients: coefficients)
    }

    func layers(of architecture: HeadArchitecture) throws -> [Head.LinearLayer] {
        let shapes = architecture.linearShapes
        let mixing = architecture.states > 1 ? [HeadArchitecture.mixingName] : []
        let names = Set(shapes.flatMap { [$0.weightName, $0.biasName] } + mixing)
        let layers = try shapes.map { shape in
            Head.LinearLayer(
                weight: try values(of: shape.weightName, shape: shape.weightShape),
                bias: try values(of: shape.biasName, shape: shape.biasShape))
        }
        if let unexpected = checkpoint.tensors.keys.filter({ !names.contains($0) }).min() {
            throw EmotionHeadError.tensorUnexpected(file: file, tensor: unexpected)
        }
        return layers
    }

    private func values(of name: String, shape: [Int]) throws -> [Float] {
        guard let tensor = checkpoint.tensors[name] else {
            throw EmotionHeadError.tensorMissing(file: file, tensor: name, shape: shape)
        }
        guard tensor.shape == shape else {
            throw EmotionHeadError.tensorShape(file: file, tensor: name, found: tensor.shape, expected: shape)
        }
        let values = try tensor.floats()
        guard areFinite(values) else { throw EmotionHeadError.tensorNotFinite(file: file, tensor: name) }
        return values
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ key: String, expected: String) throws -> Value {
        guard let text = checkpoint.metadata[key] else {
            throw EmotionHeadError.metadataMissing(file: file, key: key)
        }
        guard let value = try? JSONDecoder().decode(type, from: Data(text.utf8)) else {
            throw unusable(key, expected: expected)
        }
        return value
    }

    private func unusable(_ key: String, expected: String) -> EmotionHeadError {
        let longest = 80
        return .metadataUnusable(
            file: file, key: key, found: String(checkpoint.metadata[key, default: ""].prefix(longest)),
            expected: expected)
    }
}
