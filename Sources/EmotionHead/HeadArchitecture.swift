/// The shape of a head: linear layers with ReLU and dropout between them.
///
/// Widths run inputs → hidden[0] → … → classes; no hidden layer makes it a logistic regression.
public struct HeadArchitecture: Sendable, Hashable, Codable {
    /// How many features an example has.
    public var inputs: Int
    /// The widths of the hidden layers, from the input on.
    public var hidden: [Int]
    /// How many classes it tells apart.
    public var classes: Int
    /// The probability with which training drops a hidden unit.
    public var dropout: Double

    /// Gathers the numbers.
    public init(inputs: Int, hidden: [Int], classes: Int, dropout: Double) {
        self.inputs = inputs
        self.hidden = hidden
        self.classes = classes
        self.dropout = dropout
    }

    /// The shapes of the linear layers, from the input on.
    var linearShapes: [LinearShape] {
        zip([inputs] + hidden, hidden + [classes]).enumerated().map { position, widths in
            LinearShape(position: position, inputs: widths.0, outputs: widths.1)
        }
    }
}

/// One linear layer of an architecture.
struct LinearShape: Equatable {
    /// Which of the linear layers it is, from 0.
    let position: Int
    let inputs: Int
    let outputs: Int

    /// Where it stands in PyTorch's `Sequential(Linear, ReLU, Dropout, Linear, …)`.
    var module: Int { 3 * position }
}
