/// Labelled examples: what a head is trained or validated on, as a view of a table that others may share.
public struct Examples: Sendable {
    /// How many numbers a row of the table has; for a head that mixes states, those of all states, state 0 first.
    public var inputs: Int
    /// The table, row-major: `inputs` numbers a row.
    public var features: [Float]
    /// Which row of the table each example is; nil takes row i for example i.
    public var rows: [Int]?
    /// One class index an example, from 0.
    public var labels: [Int]

    /// Gathers the examples; ``train(_:classes:training:validation:)`` checks them.
    public init(inputs: Int, features: [Float], rows: [Int]? = nil, labels: [Int]) {
        self.inputs = inputs
        self.features = features
        self.rows = rows
        self.labels = labels
    }

    /// How many examples there are.
    public var count: Int { labels.count }

    /// The rows of the table that all examples are, in order.
    var tableRows: [Int] { rows ?? Array(0..<count) }
}
