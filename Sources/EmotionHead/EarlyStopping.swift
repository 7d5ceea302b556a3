/// When training ends before its last epoch, and which epoch's weights it then gives.
public struct EarlyStopping: Sendable, Hashable {
    /// What is watched on the validation examples.
    public enum Monitor: String, Sendable, Hashable, CaseIterable {
        /// The mean cross-entropy, smaller is better.
        case loss
        /// The share of examples told right, larger is better.
        case accuracy
    }

    /// What is watched.
    public var monitor: Monitor
    /// How many epochs in a row may pass without a new best before training stops.
    public var patience: Int

    /// Gathers the settings.
    public init(monitor: Monitor, patience: Int) {
        self.monitor = monitor
        self.patience = patience
    }
}

/// The best epoch so far; a tie is not an improvement, so the first of equals stays.
struct BestEpoch {
    private(set) var epoch = 0
    private let rule: EarlyStopping
    private var score = -Double.infinity

    init(_ rule: EarlyStopping) { self.rule = rule }

    /// Whether `record` is a new best, which is then remembered.
    mutating func isImproved(by record: EpochRecord) -> Bool {
        guard let score = score(of: record), score > self.score else { return false }
        self.score = score
        epoch = record.epoch
        return true
    }

    /// Whether patience has run out after `epoch`.
    func endsTraining(after epoch: Int) -> Bool { epoch - self.epoch >= rule.patience }

    private func score(of record: EpochRecord) -> Double? {
        switch rule.monitor {
        case .loss: record.validationLoss.map { -$0 }
        case .accuracy: record.validationAccuracy
        }
    }
}
