import Kernels

/// A head laid out for computing, with the buffers of a pass over up to `capacity` examples.
///
/// Letters: B examples, K inputs of a layer, N outputs of it. Its buffers make it the tool of one thread at a time.
struct Network {
    /// One linear layer.
    struct Layer {
        /// (K + 1) × N: the weights, then the biases as the last row.
        let parameters: Matrix
        /// capacity × N: what the layer gave last, after ReLU and dropout where they follow.
        let outputs: Matrix
    }

    let layers: [Layer]
    private let inputs: Matrix
    private let architecture: HeadArchitecture

    init(_ head: Head, capacity: Int) {
        architecture = head.architecture
        inputs = .padded(rows: capacity, columns: architecture.inputs)
        layers = zip(head.layers, architecture.linearShapes).map { layer, shape in
            Layer(
                parameters: Self.parameters(of: layer, shape: shape),
                outputs: .padded(rows: capacity, columns: shape.outputs))
        }
    }

    /// How many examples one pass may hold.
    var capacity: Int { inputs.rows }

    /// The logits (B × classes) of the examples at `rows` of `features`, dropout off; valid until the next pass.
    func logits(of rows: ArraySlice<Int>, in features: [Float]) -> Matrix {
        var none: Dropout?
        return logits(of: rows, in: features, dropout: &none)
    }

    /// The same with dropout, where there is any.
    func logits(of rows: ArraySlice<Int>, in features: [Float], dropout: inout Dropout?) -> Matrix {
        gather(rows, of: features, into: inputs.rows(0..<rows.count))
        for position in layers.indices {
            let outputs = outputs(of: position, batch: rows.count)
            applyLinear(self.inputs(of: position, batch: rows.count), layers[position].parameters, into: outputs)
            guard position < layers.count - 1 else { return outputs }
            if dropout == nil { rectify(outputs) } else { dropout?.rectify(outputs) }
        }
        preconditionFailure("a head has at least one layer")
    }

    /// What layer `position` was given in the last pass, of B examples: B × K.
    func inputs(of position: Int, batch: Int) -> Matrix {
        position == 0 ? inputs.rows(0..<batch) : outputs(of: position - 1, batch: batch)
    }

    /// What layer `position` gave in the last pass, of B examples: B × N.
    func outputs(of position: Int, batch: Int) -> Matrix { layers[position].outputs.rows(0..<batch) }

    /// The head with the numbers as they now are.
    var head: Head {
        Head(architecture: architecture, layers: layers.map { Self.linearLayer(of: $0.parameters) })
    }

    /// Sets the copy's numbers to those of the parameters, layer by layer.
    func copyParameters(to copies: [Matrix]) {
        for (layer, copied) in zip(layers, copies) { copy(layer.parameters, into: copied) }
    }

    /// Sets the parameters' numbers to those of a copy, layer by layer.
    func copyParameters(from copies: [Matrix]) {
        for (layer, copied) in zip(layers, copies) { copy(copied, into: layer.parameters) }
    }

    private static func parameters(of layer: Head.LinearLayer, shape: LinearShape) -> Matrix {
        let parameters = Matrix.padded(rows: shape.inputs + 1, columns: shape.outputs)
        for n in 0..<shape.outputs {
            for k in 0..<shape.inputs { parameters[k, n] = layer.weight[n * shape.inputs + k] }
            parameters[shape.inputs, n] = layer.bias[n]
        }
        return parameters
    }

    private static func linearLayer(of parameters: Matrix) -> Head.LinearLayer {
        let inputs = parameters.rows - 1
        let weight = (0..<parameters.columns).flatMap { n in (0..<inputs).map { parameters[$0, n] } }
        return Head.LinearLayer(weight: weight, bias: (0..<parameters.columns).map { parameters[inputs, $0] })
    }
}
