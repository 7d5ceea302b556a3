/// Everything that decides how a head is trained, apart from the examples.
public struct TrainingRecipe: Sendable, Hashable {
    /// The widths of the hidden layers; none makes it a logistic regression.
    public var hidden: [Int]
    /// The probability with which a hidden unit is dropped, in [0, 1).
    ///
    /// Training rounds it to the nearest 1/65536.
    public var dropout: Double
    /// The optimiser.
    public var optimizer: AdamW
    /// How the learning rate changes from epoch to epoch.
    public var schedule: Schedule
    /// How many examples a step sees; an epoch's last batch may be shorter.
    public var batch: Int
    /// How many times training passes over the examples, at most.
    public var epochs: Int
    /// When to stop early; nil trains all epochs.
    public var earlyStopping: EarlyStopping?
    /// The seed of initial weights, batch order and dropout.
    public var seed: UInt64

    /// Gathers the numbers; ``train(_:classes:training:validation:)`` checks them.
    public init(
        hidden: [Int], dropout: Double = 0, optimizer: AdamW, schedule: Schedule = .constant, batch: Int, epochs: Int,
        earlyStopping: EarlyStopping? = nil, seed: UInt64
    ) {
        self.hidden = hidden
        self.dropout = dropout
        self.optimizer = optimizer
        self.schedule = schedule
        self.batch = batch
        self.epochs = epochs
        self.earlyStopping = earlyStopping
        self.seed = seed
    }
}
