import Evaluation

/// What one fold of a cell gave.
public struct ReportFold: Sendable, Equatable {
    /// The fold's name within its protocol.
    public var name: String
    /// The epoch whose weights were kept, from 1; nil where nothing was trained.
    public var bestEpoch: Int?
    /// One entry a test clip; at least one.
    public var predictions: [ReportPrediction]
    /// How the validation clips were answered by the weights kept; nil where nothing was held out.
    public var validation: ConfusionMatrix?
    /// One entry an epoch, in order; may be empty.
    public var history: [ReportEpoch]
    /// How much each hidden state counts; empty where the head learned no such weights.
    public var layerWeights: [Float]

    /// Gathers what one fold gave.
    public init(
        name: String, bestEpoch: Int?, predictions: [ReportPrediction], validation: ConfusionMatrix? = nil,
        history: [ReportEpoch], layerWeights: [Float] = []
    ) {
        self.name = name
        self.bestEpoch = bestEpoch
        self.predictions = predictions
        self.validation = validation
        self.history = history
        self.layerWeights = layerWeights
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
    public var predicted: Int { predictedClass(of: probabilities) }
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
