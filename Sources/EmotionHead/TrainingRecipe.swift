/// Everything that decides how a head is trained, apart from the examples.
public struct TrainingRecipe: Sendable, Hashable {
    /// The widths of the hidden layers; none makes it a logistic regression.
    public var hidden: [Int]
    /// The probability with which a hidden unit is dropped, in [0, 1).
    ///
    /// Training rounds it to the nearest 1/65536.
    public var dropout: Double
    /// How many states an example has, of which the head learns a weighted sum; 1 takes an example as it is.
    public var states: Int
    /// The optimiser.
    public var optimizer: AdamW
    /// The learning rate of the weights of the states in the first epoch, from which it follows the schedule; nil takes
    /// the optimiser's.
    public var layerWeightsLearningRate: Double?
    /// How the learning rate changes from epoch to epoch.
    public var schedule: Schedule
    /// How many examples a step sees; an epoch's last batch may be shorter.
    public var batch: Int
    /// How many times training passes over the examples, at most.
    public var epochs: Int
    /// How much of each example's weight the loss spreads evenly over the classes, in [0, 1).
    public var labelSmoothing: Double
    /// How much the examples of each class weigh in the loss.
    public var classWeights: ClassWeights
    /// When to stop early; nil trains all epochs.
    public var earlyStopping: EarlyStopping?
    /// The seed of initial weights, batch order and dropout.
    public var seed: UInt64

    /// Gathers the numbers; ``train(_:classes:training:validation:)`` checks them.
    public init(
        hidden: [Int], dropout: Double = 0, states: Int = 1, optimizer: AdamW, layerWeightsLearningRate: Double? = nil,
        schedule: Schedule = .constant, batch: Int, epochs: Int, labelSmoothing: Double = 0,
        classWeights: ClassWeights = .none, earlyStopping: EarlyStopping? = nil, seed: UInt64
    ) {
        self.hidden = hidden
        self.dropout = dropout
        self.states = states
        self.optimizer = optimizer
        self.layerWeightsLearningRate = layerWeightsLearningRate
        self.schedule = schedule
        self.batch = batch
        self.epochs = epochs
        self.labelSmoothing = labelSmoothing
        self.classWeights = classWeights
        self.earlyStopping = earlyStopping
        self.seed = seed
    }
}
