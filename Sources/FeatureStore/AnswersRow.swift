import Crypto
import Foundation

/// What a head said of one part of a fold, as a row holds it: n clips, C classes.
struct AnswersRow {
    /// Which part it is of: a row that ends up under the other part or training does not fit its checksum.
    let training: Digest
    let part: String
    /// n × 32 bytes.
    let clips: Data
    /// n little-endian Int32.
    let labels: Data
    /// n × C little-endian Float32.
    let probabilities: Data

    /// The part of a training that early stopping and selection look at.
    static let validation = "validation"
    /// The part of a training that results are measured on.
    static let test = "test"

    /// The first eight bytes of a SHA-256 over everything, the training's key included.
    var checksum: Data {
        var hash = SHA256()
        hash.update(data: training.bytes)
        hash.update(data: Array(part.utf8))
        for column in [clips, labels, probabilities] {
            hash.update(littleEndian: column.count)
            hash.update(data: column)
        }
        return Data(hash.finalize().prefix(8))
    }

    /// The predictions; nil where the bytes are not those that were stored, or are no probabilities: an earlier Timbre kept
    /// what heads said that had diverged.
    func predictions(checksum stored: Data) -> [StoredPrediction]? {
        let count = labels.count / 4
        guard checksum == stored, count > 0, clips.count == 32 * count, probabilities.count.isMultiple(of: 4 * count)
        else { return nil }
        let (labels, shares) = (integers(littleEndian: labels), floats(littleEndian: probabilities))
        guard shares.allSatisfy(\.isFinite) else { return nil }
        let classes = shares.count / count
        let digests = (0..<count).compactMap { Digest(bytes: clips.dropFirst(32 * $0).prefix(32)) }
        return digests.indices.map {
            StoredPrediction(
                clip: digests[$0], label: Int(labels[$0]),
                probabilities: Array(shares[$0 * classes..<($0 + 1) * classes]))
        }
    }
}

extension AnswersRow {
    init(_ predictions: [StoredPrediction], part: String, training: Digest) {
        precondition(
            Set(predictions.map(\.probabilities.count)).count <= 1, "expected one number of classes for all clips")
        self.training = training
        self.part = part
        clips = predictions.reduce(into: Data()) { $0.append(contentsOf: $1.clip.bytes) }
        labels = predictions.map { Int32($0.label).littleEndian }.withUnsafeBytes { Data($0) }
        probabilities = littleEndianBytes(of: predictions.flatMap(\.probabilities))
    }
}

private func integers(littleEndian bytes: Data) -> [Int32] {
    let words = [Int32](unsafeUninitializedCapacity: bytes.count / 4) { words, count in
        count = bytes.copyBytes(to: words) / 4
    }
    return words.map(Int32.init(littleEndian:))
}
