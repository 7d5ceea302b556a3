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
    public static let resultVersion = 1

    /// The shape.
    public let architecture: HeadArchitecture
    /// The linear layers, from the input on.
    public let layers: [LinearLayer]

    /// A head of these numbers; layers that do not fit the architecture trap.
    public init(architecture: HeadArchitecture, layers: [LinearLayer]) {
        let shapes = architecture.linearShapes
        precondition(
            layers.count == shapes.count, "Head: \(layers.count) layers for an architecture of \(shapes.count)")
        for (layer, shape) in zip(layers, shapes) {
            precondition(
                layer.weight.count == shape.outputs * shape.inputs && layer.bias.count == shape.outputs,
                "Head: \(layer.weight.count) weights and \(layer.bias.count) biases for \(shape.outputs)×\(shape.inputs)"
            )
        }
        self.architecture = architecture
        self.layers = layers
    }

    /// The probability of each class for each example, dropout off.
    ///
    /// `features` holds the examples one after another, `architecture.inputs` numbers each; a count that does not fit
    /// traps. An example's probabilities do not depend on which others are with it.
    public func probabilities(of features: [Float]) -> [[Float]] {
        let inputs = architecture.inputs
        precondition(features.count % inputs == 0, "probabilities: \(features.count) features, \(inputs) an example")
        let block = 64
        let network = Network(self, capacity: block)
        return Array(0..<features.count / inputs).batches(of: block).flatMap { rows in
            let logits = network.logits(of: rows, in: features)
            applySoftmax(toRowsOf: logits)
            return logits.rowArrays
        }
    }
}

extension Matrix {
    fileprivate var rowArrays: [[Float]] { (0..<rows).map { row in (0..<columns).map { self[row, $0] } } }
}
