import Crypto
import Foundation

extension StoredTraining {
    /// The checksum over everything: the answers of both parts by their own, so that none goes unnoticed.
    func checksum(answers: [String: Data]) -> Data {
        var checksum = RowChecksum(of: "trainings")
        checksum.add(key)
        checksum.add(description)
        checksum.add(bestEpoch)
        checksum.add(littleEndianBytes(of: layerWeights))
        checksum.add(history.count)
        for epoch in history { checksum.add(epoch) }
        for part in [AnswersRow.validation, AnswersRow.test] { checksum.add(answers[part] ?? Data()) }
        return checksum.value
    }

    /// The checksum before schema 3: over everything but the answers and whether epochs were validated.
    var earlierChecksum: Data {
        var hash = SHA256()
        hash.update(data: key.bytes)
        hash.update(data: Array(description.utf8))
        hash.update(littleEndian: bestEpoch)
        hash.update(data: littleEndianBytes(of: layerWeights))
        for epoch in history {
            hash.update(littleEndian: epoch.epoch)
            for figure in epoch.earlierFigures { hash.update(littleEndian: Int(bitPattern: UInt(figure))) }
        }
        return Data(hash.finalize().prefix(8))
    }
}

extension RowChecksum {
    fileprivate mutating func add(_ epoch: StoredEpoch) {
        add(epoch.epoch)
        [epoch.learningRate, epoch.trainLoss, epoch.trainAccuracy].forEach { add($0) }
        for figure in [epoch.validationLoss, epoch.validationAccuracy] {
            add(figure == nil ? 0 : 1)
            add(figure ?? 0)
        }
    }
}

extension StoredEpoch {
    fileprivate var earlierFigures: [UInt64] {
        [learningRate, trainLoss, trainAccuracy, validationLoss, validationAccuracy].map { figure in
            guard let figure else { return 0 }
            return figure.isNaN ? Double.nan.bitPattern : figure.bitPattern
        }
    }
}
