import Kernels

/// The mean and deviation of each feature, by which features are brought to mean 0 and deviation 1.
public struct Standardization: Sendable, Equatable {
    /// One mean a feature.
    public let means: [Double]
    /// One population standard deviation a feature; 1 for a feature that never varies, as scikit-learn's StandardScaler
    /// has it.
    public let deviations: [Double]

    /// Measures `features`, examples one after another with `inputs` numbers each; a count that does not fit traps.
    public init(of features: [Float], inputs: Int) {
        precondition(
            inputs > 0 && !features.isEmpty && features.count.isMultiple(of: inputs),
            "Standardization: \(features.count) features, \(inputs) an example")
        self.init(of: features, rows: Array(0..<features.count / inputs), inputs: inputs)
    }

    /// Measures the examples alone, not what else is in their table; no examples, or rows outside the table, trap.
    public init(of examples: Examples) {
        precondition(examples.count > 0 && examples.inputs > 0, "Standardization: \(examples.count) examples")
        self.init(of: examples.features, rows: examples.tableRows, inputs: examples.inputs)
    }

    private init(of table: [Float], rows: [Int], inputs: Int) {
        let count = Double(rows.count)
        var sums = [Double](repeating: 0, count: inputs)
        for row in rows {
            for feature in 0..<inputs { sums[feature] += Double(table[row * inputs + feature]) }
        }
        let means = sums.map { $0 / count }
        var squares = [Double](repeating: 0, count: inputs)
        for row in rows {
            for feature in 0..<inputs {
                let distance = Double(table[row * inputs + feature]) - means[feature]
                squares[feature] += distance * distance
            }
        }
        self.means = means
        deviations = squares.map { $0 > 0 ? ($0 / count).squareRoot() : 1 }
    }

    /// The features with each mean taken off and divided by each deviation.
    public func applied(to features: [Float]) -> [Float] {
        precondition(
            features.count.isMultiple(of: means.count), "applied: \(features.count) features, \(means.count) an example"
        )
        var result = features
        for start in stride(from: 0, to: features.count, by: means.count) {
            for feature in means.indices {
                let value = (Double(features[start + feature]) - means[feature]) / deviations[feature]
                result[start + feature] = Float(value)
            }
        }
        return result
    }

    /// The head that gives for raw features what `head` gives for standardised ones.
    ///
    /// With z = (x - m) / d, W z + b = (W / d) x + (b - W m / d); where states are mixed, Σ c z = Σ (c / d) x - Σ c m / d,
    /// whose last sum takes the way of the means through W.
    public func folded(into head: Head) -> Head {
        precondition(
            head.architecture.exampleWidth == means.count,
            "folded: \(means.count) features, \(head.architecture.exampleWidth) an example")
        return head.mixing.map { folded(into: head, mixing: $0) }
            ?? head.foldingFirstLayer(shifts: means, divisors: deviations)
    }

    private func folded(into head: Head, mixing: Head.Mixing) -> Head {
        let inputs = head.architecture.inputs
        var folded = mixing
        var shifts = [Double](repeating: 0, count: inputs)
        for index in mixing.coefficients.indices {
            let coefficient = Double(mixing.coefficients[index]) / deviations[index]
            shifts[index % inputs] += coefficient * means[index]
            folded.coefficients[index] = Float(coefficient)
        }
        let shifted = head.foldingFirstLayer(shifts: shifts, divisors: Array(repeating: 1, count: inputs))
        return Head(architecture: head.architecture, mixing: folded, layers: shifted.layers)
    }
}

extension Head {
    /// Whether none of its numbers is infinite or not a number.
    public var isFinite: Bool {
        layers.allSatisfy { areFinite($0.weight) && areFinite($0.bias) }
            && areFinite(mixing?.coefficients ?? []) && areFinite(mixing?.weights ?? [])
    }

    /// The head that gives for x what this one gives for (x - shifts) / divisors, one of each an input of the first layer.
    fileprivate func foldingFirstLayer(shifts: [Double], divisors: [Double]) -> Head {
        var layers = layers
        let inputs = shifts.count
        for output in layers[0].bias.indices {
            var bias = Double(layers[0].bias[output])
            for input in 0..<inputs {
                let weight = Double(layers[0].weight[output * inputs + input]) / divisors[input]
                bias -= weight * shifts[input]
                layers[0].weight[output * inputs + input] = Float(weight)
            }
            layers[0].bias[output] = Float(bias)
        }
        return Head(architecture: architecture, mixing: mixing, layers: layers)
    }
}
