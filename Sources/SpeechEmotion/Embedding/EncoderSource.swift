import Audio
import Checkpoints
import FeatureStore
import Foundation
import Kernels
import Synchronization
import Wav2Vec2

/// An encoder's directory, told apart by the content of its files.
struct EncoderSource: Sendable {
    /// As it was named.
    var directory: URL { place.named }
    /// Where its files are.
    let place: EncoderPlace
    let weights: URL
    let weightsDigest: Digest
    /// What products are computed at.
    let precision: Precision
    let configuration: EncoderConfiguration
    let preprocessing: Preprocessing
    /// config.json, preprocessor_config.json and the weights with their digests.
    private let files: [(file: URL, digest: Digest)]
    /// SHA-256 over the digests of config.json, preprocessor_config.json and the weights.
    let digest: Digest

    /// Reads the two small configuration files and takes the remembered digest of the weights, which stay unread.
    ///
    /// - throws: ``ModelError/encoderChanged(file:found:expected:)`` where a configuration file is not what is remembered
    ///   of it although its size and times are.
    init(directory: URL, precision: Precision = .float32, store: FeatureStore) throws {
        place = EncoderPlace(directory)
        let directory = place.directory
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.path, isDirectory: &isDirectory), isDirectory.boolValue
        else {
            throw ModelError.encoderMissing(directory: directory.relativePath)
        }
        self.precision = precision
        weights = try Checkpoint.weightsFile(in: directory)
        let configurationFile = directory.appendingPathComponent("config.json")
        let preprocessingFile = directory.appendingPathComponent("preprocessor_config.json")
        configuration = try EncoderConfiguration(contentsOf: configurationFile)
        preprocessing = try Preprocessing(contentsOf: preprocessingFile)
        let digests = try store.digests(of: [configurationFile, preprocessingFile, weights], workers: 1).map {
            try $0.get()
        }
        files = Array(zip([configurationFile, preprocessingFile, weights], digests))
        weightsDigest = digests[2]
        digest = Digest.of(digests.map(\.description))
        try Self.check(files.prefix(2))
    }

    /// Reads the weights.
    ///
    /// What is remembered of the three files is by their size and times, which a disk that turns a bit leaves as they are:
    /// they are digested again, on another thread meanwhile, because wrong embeddings would be stored under a right recipe.
    ///
    /// - throws: ``ModelError/encoderChanged(file:found:expected:)``, ``ModelError/encoderVanished(directory:)``,
    ///   `EncoderError`, `CheckpointError`.
    func encoder() throws -> Encoder {
        let changed = Mutex<Result<Void, any Error>?>(nil)
        let digesting = DispatchGroup()
        let files = files
        DispatchQueue.global().async(group: digesting) {
            let result = Result { try Self.check(files[...]) }
            changed.withLock { $0 = result }
        }
        let encoder = Result { try Encoder(directory: place.directory, precision: precision) }
        digesting.wait()
        // Files that are not what they were explain why they cannot be read.
        try changed.withLock { $0 }?.get()
        return try encoder.get()
    }

    private static func check(_ files: ArraySlice<(file: URL, digest: Digest)>) throws {
        for (file, expected) in files {
            guard let found = try? Digest(hashingFile: file) else {
                throw ModelError.encoderVanished(directory: file.deletingLastPathComponent().relativePath)
            }
            guard found == expected else {
                throw ModelError.encoderChanged(
                    file: file.relativePath, found: found.description, expected: expected.description)
            }
        }
    }

    /// How many pooled hidden states a clip has: the transformer's input and each layer's output.
    var stateCount: Int { configuration.layers + 1 }

    /// The shape of every embedding that it makes.
    var shape: EmbeddingShape { EmbeddingShape(layers: stateCount, hidden: configuration.hiddenSize) }

    /// Everything that decides an embedding beside the clip's bytes.
    var recipe: Recipe {
        Recipe(fields: [
            "channels": "mean",
            "decoder": decoderDescription,
            "encoder": digest.description,
            "normalization": preprocessing.normalizes ? "zero mean, unit variance" : "none",
            "pooling": "mean",
            "precision": precision.rawValue,
            "rate": "\(preprocessing.sampleRate)",
            "version": "\(Encoder.resultVersion)",
            "windows": windowRule,
        ])
    }

    /// Who made these weights, as far as their digest or their own configuration tells.
    var origin: EncoderOrigin {
        if let published = KnownEncoders.identity(ofWeights: weightsDigest.description) { return .published(published) }
        return UntrainedEncoder.isUntrained(directory: place.directory) ? .untrained : .unrecognised
    }
}

extension Recipe {
    /// Every field with its value, as reports and model cards state them.
    var words: String { fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "; ") }
}

/// Who made an encoder's weights.
enum EncoderOrigin: Sendable, Equatable {
    /// A published checkpoint, recognised by its SHA-256.
    case published(KnownEncoders.Identity)
    /// Made by Timbre with random weights.
    case untrained
    /// Anything else.
    case unrecognised
}

extension EncoderOrigin {
    /// The origin as reports and saved heads state it.
    var words: String {
        switch self {
        case .published(let identity): "\(identity.name), revision \(identity.revision)"
        case .untrained: "untrained: seeded random weights made by Timbre"
        case .unrecognised: "unrecognised weights"
        }
    }
}
