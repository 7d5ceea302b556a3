/// One point of the grid: a protocol, a layer, a head and a seed, with what each fold gave.
public struct ReportCell: Sendable, Equatable {
    /// A short name, distinct within the report.
    public var id: String
    /// The protocol's name.
    public var protocolName: String
    /// One sentence on who is tested and who is trained on.
    public var protocolSummary: String
    /// Whether no test speaker was trained on; if not, the report is stamped speaker-dependent.
    public var isSpeakerIndependent: Bool
    /// Whether unlabelled test clips had a part in the preparation; if so, the report is stamped transductive.
    public var isTransductive: Bool
    /// The encoder's layer or layers, as the stage file has them.
    public var layer: String
    /// The head and its training in a few words; cells that differ by seed only have the same.
    public var head: String
    /// The training seed.
    public var seed: UInt64
    /// The folds in the protocol's order; at least one, with distinct names other than "all".
    public var folds: [ReportFold]

    /// Gathers one point of the grid.
    public init(
        id: String, protocolName: String, protocolSummary: String, isSpeakerIndependent: Bool,
        isTransductive: Bool = false, layer: String, head: String, seed: UInt64, folds: [ReportFold]
    ) {
        self.id = id
        self.protocolName = protocolName
        self.protocolSummary = protocolSummary
        self.isSpeakerIndependent = isSpeakerIndependent
        self.isTransductive = isTransductive
        self.layer = layer
        self.head = head
        self.seed = seed
        self.folds = folds
    }
}

/// What one fold gave.
public struct ReportFold: Sendable, Equatable {
    /// The fold's name within its protocol.
    public var name: String
    /// The epoch whose weights were kept, from 1.
    public var bestEpoch: Int
    /// One entry a test clip; at least one.
    public var predictions: [ReportPrediction]
    /// One entry an epoch, in order; may be empty.
    public var history: [ReportEpoch]

    /// Gathers what one fold gave.
    public init(name: String, bestEpoch: Int, predictions: [ReportPrediction], history: [ReportEpoch]) {
        self.name = name
        self.bestEpoch = bestEpoch
        self.predictions = predictions
        self.history = history
    }
}

/// What a head said of one test clip.
public struct ReportPrediction: Sendable, Equatable {
    /// The path relative to the corpus root.
    public var clip: String
    /// The speaker's name in the corpus.
    public var speaker: String
    /// The index of the class meant.
    public var label: Int
    /// One probability a class.
    public var probabilities: [Float]

    /// Gathers what a head said of one test clip.
    public init(clip: String, speaker: String, label: Int, probabilities: [Float]) {
        self.clip = clip
        self.speaker = speaker
        self.label = label
        self.probabilities = probabilities
    }

    /// The index of the largest probability; of equal ones the first.
    public var predicted: Int {
        probabilities.indices.dropFirst().reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
    }
}

/// How training stood after one epoch.
public struct ReportEpoch: Sendable, Equatable {
    /// The epoch's number, from 1.
    public var epoch: Int
    /// The learning rate of the epoch.
    public var learningRate: Double
    /// The mean loss over the training clips.
    public var trainLoss: Double
    /// The share of training clips answered rightly.
    public var trainAccuracy: Double
    /// The mean loss over the validation clips, where there are any.
    public var validationLoss: Double?
    /// The share of validation clips answered rightly, where there are any.
    public var validationAccuracy: Double?

    /// Gathers how training stood after one epoch.
    public init(
        epoch: Int, learningRate: Double, trainLoss: Double, trainAccuracy: Double, validationLoss: Double? = nil,
        validationAccuracy: Double? = nil
    ) {
        self.epoch = epoch
        self.learningRate = learningRate
        self.trainLoss = trainLoss
        self.trainAccuracy = trainAccuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
    }
}
