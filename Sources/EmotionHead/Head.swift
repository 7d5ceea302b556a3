import Kernels

/// A trained head: its shape and the numbers of its linear layers.
public struct Head: Sendable, Equatable {
    /// The numbers of one linear layer, laid out as `torch.nn.Linear` keeps them.
    public struct LinearLayer: Sendable, Equatable {
        /// Outputs × inputs, row-major.
        public var weight: [Float]
        /// One number an output.
        public var bias: [Float]

        /// Gathers the numbers.
        public init(weight: [Float], bias: [Float]) {
            self.weight = weight
            self.bias = bias
        }
    }

    /// Which results training gives: raised whenever the same recipe, data and order would give other numbers.
    public static let resultVersion = 2

    /// The shape.
    public let architecture: HeadArchitecture
    /// How the states of an example become the input of the first layer; nil for a head of one state.
    public let mixing: Mixing?
    /// The linear layers, from the input on.
    public let layers: [LinearLayer]

    /// A head of these numbers; layers or a mixing that do not fit the architecture trap.
    public init(architecture: HeadArchitecture, mixing: Mixing? = nil, layers: [LinearLayer]) {
        let shapes = architecture.linearShapes
        precondition(
            layers.count == shapes.count, "Head: \(layers.count) layers for an architecture of \(shapes.count)")
        for (layer, shape) in zip(layers, shapes) {
            precondition(
                layer.weight.count == shape.outputs * shape.inputs && layer.bias.count == shape.outputs,
                "Head: \(layer.weight.count) weights and \(layer.bias.count) biases for \(shape.outputs)×\(shape.inputs)"
            )
        }
        precondition(
            mixing?.weights.count ?? 1 == architecture.states
                && mixing?.coefficients.count ?? architecture.inputs == architecture.exampleWidth,
            "Head: a mixing of \(mixing?.coefficients.count ?? 0) coefficients for \(architecture)")
        self.architecture = architecture
        self.mixing = mixing
        self.layers = layers
    }

    /// The probability of each class for each example, dropout off.
    ///
    /// `features` holds the examples one after another, `architecture.exampleWidth` numbers each; a count that does not
    /// fit traps. An example's probabilities do not depend on which others are with it.
    public func probabilities(of features: [Float]) -> [[Float]] {
        let width = architecture.exampleWidth
        precondition(features.count % width == 0, "probabilities: \(features.count) features, \(width) an example")
        return probabilities(of: Array(0..<features.count / width), in: features)
    }

    /// The same for examples, whose labels do not matter; of another width than the head's they trap.
    public func probabilities(of examples: Examples) -> [[Float]] {
        precondition(
            examples.inputs == architecture.exampleWidth,
            "probabilities: \(examples.inputs) features an example for \(architecture)")
        return probabilities(of: examples.tableRows, in: examples.features)
    }

    private func probabilities(of rows: [Int], in table: [Float]) -> [[Float]] {
        let network = Network(self, capacity: Network.evaluationBlock)
        return rows.batches(of: network.capacity).flatMap { rows in
            let logits = network.logits(of: Array(rows), in: table)
            let answers = Matrix(rows: logits.columns, columns: logits.rows)
            transpose(logits, into: answers)
            applySoftmax(toRowsOf: answers)
            return answers.rowArrays
        }
    }
}

extension Matrix {
    fileprivate var rowArrays: [[Float]] { (0..<rows).map { row in (0..<columns).map { self[row, $0] } } }
}
