import Kernels

/// A head laid out for computing, with the buffers of a pass over up to `capacity` examples.
///
/// Letters: B examples, L states of an example, K inputs of a layer, N outputs of it. Its buffers make it the tool of one
/// thread at a time.
struct Network {
    /// One linear layer.
    struct Layer {
        /// N × (K + 1): each output's weights and its bias.
        let parameters: Matrix
        /// What the layer gave last, after ReLU and dropout where they follow: room for N × capacity.
        fileprivate let outputs: FloatBuffer
    }

    /// How many examples a pass without training takes: as many as lie side by side.
    static let evaluationBlock = 16

    let layers: [Layer]
    /// L × K of the first layer: what states are multiplied by before they are summed; nil where there is one.
    let coefficients: Matrix?
    /// How many examples one pass may hold.
    let capacity: Int
    /// Capacity × (K + 1) of the first layer: the examples, with a one at the end that the bias is multiplied by.
    private let examples: Matrix
    /// The same, one example a column, without the one: room for K × capacity.
    private let inputs: FloatBuffer
    private let architecture: HeadArchitecture

    init(_ head: Head, capacity: Int) {
        let rounded = Matrix.padded(rows: 1, columns: capacity).stride
        self.capacity = capacity
        architecture = head.architecture
        coefficients = head.mixing.map { mixing in
            Matrix(
                FloatBuffer(mixing.coefficients), rows: head.architecture.states, columns: head.architecture.inputs)
        }
        examples = .withOnes(rows: capacity, columns: architecture.inputs)
        inputs = FloatBuffer(count: architecture.inputs * rounded)
        layers = zip(head.layers, architecture.linearShapes).map { layer, shape in
            Layer(
                parameters: Self.parameters(of: layer, shape: shape),
                outputs: FloatBuffer(count: shape.outputs * rounded))
        }
    }

    /// The logits (classes × B) of these rows of a table, dropout off; valid until the next pass.
    func logits(of rows: [Int], in table: [Float]) -> Matrix {
        var none: Dropout?
        return logits(of: rows, in: table, dropout: &none)
    }

    /// The same with dropout, where there is any.
    func logits(of rows: [Int], in table: [Float], dropout: inout Dropout?) -> Matrix {
        take(rows, of: table)
        for position in layers.indices {
            let outputs = outputs(of: position, batch: rows.count)
            applyLinear(inputs(of: position, batch: rows.count), layers[position].parameters, into: outputs)
            guard position < layers.count - 1 else { return outputs }
            if dropout == nil { rectify(outputs) } else { dropout?.rectify(outputs) }
        }
        preconditionFailure("a head has at least one layer")
    }

    private func take(_ rows: [Int], of table: [Float]) {
        let taken = examples.rows(0..<rows.count).columns(0..<architecture.inputs)
        if let coefficients {
            mix(rows, of: table, coefficients: coefficients, into: taken)
        } else {
            gather(rows, of: table, into: taken)
        }
        transpose(taken, into: inputs(of: 0, batch: rows.count))
    }

    /// What the first layer was given in the last pass, one example a row and a one after it: B × (K + 1).
    func examples(_ batch: Int) -> Matrix { examples.rows(0..<batch) }

    /// What layer `position` was given in the last pass, one example a column: K × B.
    private func inputs(of position: Int, batch: Int) -> Matrix {
        position == 0
            ? .padded(rows: architecture.inputs, columns: batch, in: inputs) : outputs(of: position - 1, batch: batch)
    }

    /// What layer `position` gave in the last pass, one example a column: N × B.
    func outputs(of position: Int, batch: Int) -> Matrix {
        .padded(rows: layers[position].parameters.rows, columns: batch, in: layers[position].outputs)
    }

    /// The head with the numbers as they now are.
    var head: Head {
        let mixing = coefficients.map { coefficients in
            Head.Mixing(
                weights: (0..<coefficients.rows).map { coefficients[$0, 0] },
                coefficients: numbers(of: coefficients))
        }
        return Head(
            architecture: architecture, mixing: mixing, layers: layers.map { Self.linearLayer(of: $0.parameters) })
    }

    /// All that training changes.
    var parameters: [Matrix] { layers.map(\.parameters) + [coefficients].compactMap { $0 } }

    private static func parameters(of layer: Head.LinearLayer, shape: LinearShape) -> Matrix {
        let parameters = Matrix.padded(rows: shape.outputs, columns: shape.inputs + 1)
        gather(Array(0..<shape.outputs), of: layer.weight, into: parameters.columns(0..<shape.inputs))
        for (n, bias) in layer.bias.enumerated() { parameters[n, shape.inputs] = bias }
        return parameters
    }

    private static func linearLayer(of parameters: Matrix) -> Head.LinearLayer {
        let inputs = parameters.columns - 1
        return Head.LinearLayer(
            weight: numbers(of: parameters.columns(0..<inputs)),
            bias: numbers(of: parameters.columns(inputs..<inputs + 1)))
    }
}

extension Matrix {
    /// Zeros, with a column of ones at the end: rows × (columns + 1).
    static func withOnes(rows: Int, columns: Int) -> Matrix {
        let matrix = Matrix.padded(rows: rows, columns: columns + 1)
        for row in 0..<rows { matrix[row, columns] = 1 }
        return matrix
    }
}
