/// The shape of a head: linear layers with ReLU and dropout between them, before them perhaps a weighted sum of states.
///
/// Widths run inputs → hidden[0] → … → classes; no hidden layer makes it a logistic regression.
public struct HeadArchitecture: Sendable, Hashable, Codable {
    /// How many states an example has, which are mixed into one; 1 mixes nothing.
    public var states: Int
    /// How many features a state has.
    public var inputs: Int
    /// The widths of the hidden layers, from the input on.
    public var hidden: [Int]
    /// How many classes it tells apart.
    public var classes: Int
    /// The probability with which training drops a hidden unit.
    public var dropout: Double

    /// Gathers the numbers.
    public init(states: Int = 1, inputs: Int, hidden: [Int], classes: Int, dropout: Double) {
        self.states = states
        self.inputs = inputs
        self.hidden = hidden
        self.classes = classes
        self.dropout = dropout
    }

    /// How many weights and biases the linear layers have; widths as ``train(_:classes:training:validation:)`` allows them
    /// do not overflow.
    var parameters: Int { linearShapes.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs } }

    /// How many numbers an example has: its states' one after another.
    public var exampleWidth: Int { states * inputs }

    /// The shapes of the linear layers, from the input on.
    var linearShapes: [LinearShape] {
        zip([inputs] + hidden, hidden + [classes]).enumerated().map { position, widths in
            LinearShape(position: position, inputs: widths.0, outputs: widths.1)
        }
    }
}

extension HeadArchitecture {
    private enum CodingKeys: CodingKey {
        case states, inputs, hidden, classes, dropout
    }

    /// Reads an architecture; one without `states` has one, as all had once.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            states: try values.decodeIfPresent(Int.self, forKey: .states) ?? 1,
            inputs: try values.decode(Int.self, forKey: .inputs),
            hidden: try values.decode([Int].self, forKey: .hidden),
            classes: try values.decode(Int.self, forKey: .classes),
            dropout: try values.decode(Double.self, forKey: .dropout))
    }

    /// Writes the architecture, its states only where there are several.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        if states != 1 { try values.encode(states, forKey: .states) }
        try values.encode(inputs, forKey: .inputs)
        try values.encode(hidden, forKey: .hidden)
        try values.encode(classes, forKey: .classes)
        try values.encode(dropout, forKey: .dropout)
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
