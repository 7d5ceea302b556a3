/// One trained head: how it went, and what it said of every test clip.
public struct StoredTraining: Sendable, Equatable {
    /// What the training is known by: cell, fold, inputs and result version.
    public var key: Digest
    /// The cell and fold as JSON, for people who read the database.
    public var description: String
    /// The epoch whose weights were kept, counted from 1.
    public var bestEpoch: Int
    /// How much each hidden state counts, in their order; empty where the head was given one layer as it is.
    public var layerWeights: [Float]
    /// One entry an epoch, in order.
    public var history: [StoredEpoch]
    /// One entry a validation clip, in the fold's order; empty where nothing was held out.
    public var validation: [StoredPrediction]
    /// One entry a test clip, in the fold's order.
    public var predictions: [StoredPrediction]

    /// Gathers one training.
    public init(
        key: Digest, description: String, bestEpoch: Int, layerWeights: [Float] = [], history: [StoredEpoch],
        validation: [StoredPrediction] = [], predictions: [StoredPrediction]
    ) {
        self.key = key
        self.description = description
        self.bestEpoch = bestEpoch
        self.layerWeights = layerWeights
        self.history = history
        self.validation = validation
        self.predictions = predictions
    }
}

/// One epoch of a training.
public struct StoredEpoch: Sendable, Equatable {
    /// Counted from 1.
    public var epoch: Int
    /// The rate at the epoch's last step.
    public var learningRate: Double
    /// Mean cross-entropy over the training clips, in nats.
    public var trainLoss: Double
    /// The part of the training clips that was right.
    public var trainAccuracy: Double
    /// Mean cross-entropy over the validation clips, if there were any.
    public var validationLoss: Double?
    /// The part of the validation clips that was right, if there were any.
    public var validationAccuracy: Double?

    /// Gathers one epoch.
    public init(
        epoch: Int, learningRate: Double, trainLoss: Double, trainAccuracy: Double, validationLoss: Double?,
        validationAccuracy: Double?
    ) {
        self.epoch = epoch
        self.learningRate = learningRate
        self.trainLoss = trainLoss
        self.trainAccuracy = trainAccuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
    }
}

/// What a head said of one clip.
public struct StoredPrediction: Sendable, Equatable {
    /// The clip's content.
    public var clip: Digest
    /// The index of the true class.
    public var label: Int
    /// One probability a class.
    public var probabilities: [Float]

    /// Gathers one prediction.
    public init(clip: Digest, label: Int, probabilities: [Float]) {
        self.clip = clip
        self.label = label
        self.probabilities = probabilities
    }
}
