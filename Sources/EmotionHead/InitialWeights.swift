import Randomness

extension Head {
    /// A head before training, with the distribution `torch.nn.Linear` starts from: weights and biases uniform in
    /// ±1/√inputs; states count alike.
    ///
    /// Drawn layer by layer, the weights (outputs × inputs, row-major) before the biases, from the generator of `seed` for
    /// "head weights".
    public init(untrained architecture: HeadArchitecture, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: "head weights")
        let layers = architecture.linearShapes.map { shape in
            let bound = 1 / Double(shape.inputs).squareRoot()
            let weight = generator.uniformNumbers(shape.outputs * shape.inputs, within: bound)
            return LinearLayer(weight: weight, bias: generator.uniformNumbers(shape.outputs, within: bound))
        }
        let isMixed = architecture.states > 1
        let mixing = isMixed ? Mixing(evenly: architecture.states, inputs: architecture.inputs) : nil
        self.init(architecture: architecture, mixing: mixing, layers: layers)
    }
}

extension SeededGenerator {
    fileprivate mutating func uniformNumbers(_ count: Int, within bound: Double) -> [Float] {
        (0..<count).map { _ in Float((2 * uniform() - 1) * bound) }
    }
}
