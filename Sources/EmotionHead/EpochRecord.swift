/// What one epoch of training gave.
public struct EpochRecord: Sendable, Equatable {
    /// Which epoch, from 1.
    public var epoch: Int
    /// The learning rate of its steps.
    public var learningRate: Double
    /// The mean cross-entropy of the training examples, in nats, each seen with the weights of its batch and with
    /// dropout on.
    ///
    /// Label smoothing and class weights are in it, as in `torch.nn.CrossEntropyLoss`: the sum of the examples' weighted
    /// losses by the sum of the weights of their classes, both over the whole epoch.
    public var trainLoss: Double
    /// The share of the training examples told right, seen the same way.
    public var trainAccuracy: Double
    /// The mean cross-entropy of the validation examples after the epoch, dropout off; nil without such examples.
    ///
    /// With the label smoothing and the class weights of training.
    public var validationLoss: Double?
    /// The share of the validation examples told right after the epoch, dropout off; nil without such examples.
    public var validationAccuracy: Double?
}
