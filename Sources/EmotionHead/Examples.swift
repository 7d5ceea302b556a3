/// Labelled examples: what a head is trained or validated on.
public struct Examples: Sendable {
    /// How many features an example has.
    public var inputs: Int
    /// The examples' features one after another: count × inputs, row-major.
    public var features: [Float]
    /// One class index an example, from 0.
    public var labels: [Int]

    /// Gathers the examples; ``train(_:classes:training:validation:)`` checks them.
    public init(inputs: Int, features: [Float], labels: [Int]) {
        self.inputs = inputs
        self.features = features
        self.labels = labels
    }

    /// How many examples there are.
    public var count: Int { labels.count }
}
