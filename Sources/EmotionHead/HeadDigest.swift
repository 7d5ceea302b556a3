import Checkpoints
import Crypto
import Foundation

/// The SHA-256 of a head file's metadata and tensors, which safetensors has no place for but its metadata.
///
/// A turned bit in a head would give probabilities that look like any others. Files without a digest, from before there was
/// one, are taken as they are; a name of the format stands beside it, so that a damaged key does not make a file an old one.
enum HeadDigest {
    static let key = "sha256"
    static let formatKey = "format"
    private static let format = "timbre head 2"

    /// The metadata with the format's name and the digest of everything else.
    static func sealed(_ metadata: [String: String], _ tensors: [TensorToWrite]) throws -> [String: String] {
        var sealed = metadata
        sealed[formatKey] = format
        sealed[key] = try digest(
            of: sealed, tensors.map { (name: $0.name, shape: $0.shape, values: try $0.values()) })
        return sealed
    }

    /// Throws `EmotionHeadError.digestMismatch` unless the content is what was written.
    static func check(_ checkpoint: Checkpoint) throws {
        var metadata = checkpoint.metadata
        guard metadata[key] != nil || metadata[formatKey] != nil else { return }
        let stored = metadata.removeValue(forKey: key)
        let found = try digest(
            of: metadata, checkpoint.tensors.values.map { (name: $0.name, shape: $0.shape, values: try $0.floats()) })
        guard stored == found else { throw EmotionHeadError.digestMismatch(file: checkpoint.file.relativePath) }
    }

    private static func digest(
        of metadata: [String: String], _ tensors: [(name: String, shape: [Int], values: [Float])]
    ) -> String {
        var hash = SHA256()
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            update(&hash, Data(key.utf8))
            update(&hash, Data(value.utf8))
        }
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            update(&hash, Data("\(tensor.name) \(tensor.shape)".utf8))
            let bits = tensor.values.map { $0.bitPattern.littleEndian }
            bits.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Adds bytes after their number, so that no other list of them gives the same digest.
    private static func update(_ hash: inout SHA256, _ bytes: Data) {
        withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
        hash.update(data: bytes)
    }
}
