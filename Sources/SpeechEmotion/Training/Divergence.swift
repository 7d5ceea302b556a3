import EmotionHead
import FeatureStore

/// A head whose training came to numbers that are not finite: there is nothing to report of its cell.
struct Divergence: Sendable, Equatable {
    let cell: String
    let fold: String
    /// Where that first showed, and how: "epoch 1, batch 2 of 9: a loss of nan at learning rate 1e+30".
    let reason: String
    /// The key of the training.
    let key: Digest

    /// What stopped a training.
    init(_ training: FoldTraining, _ error: EmotionHeadError) {
        let diagnosis = error.diagnosis
        self.init(training, reason: [diagnosis.place, diagnosis.found].compactMap { $0 }.joined(separator: ": "))
    }

    fileprivate init(_ training: FoldTraining, reason: String) {
        cell = training.cell.id
        fold = training.fold.name
        key = training.key
        self.reason = reason
    }

    /// The divergence as lists name it.
    var line: String { "cell \(cell), fold \(fold), \(reason)" }

    /// What the store's ledger knows it by.
    static func recordKey(of training: Digest) -> Digest { Digest.of(["diverged", training.description]) }
}

extension FeatureStore {
    /// Remembers that a training diverged, so that a run that goes on without it need not try again.
    func record(_ divergence: Divergence) throws {
        try record(Divergence.recordKey(of: divergence.key), stage: "train", facts: divergence.reason)
    }

    /// Those of the trainings that have no result and are known to have diverged.
    func divergences(among trainings: [FoldTraining]) throws -> [Divergence] {
        let records = try recorded(among: trainings.map { Divergence.recordKey(of: $0.key) })
        guard !records.isEmpty else { return [] }
        let trained = try trainedKeys(trainings.map(\.key))
        return trainings.filter { !trained.contains($0.key) }.compactMap { training in
            records[Divergence.recordKey(of: training.key)].map { Divergence(training, reason: $0) }
        }
    }
}
