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
        let count = Double(features.count / inputs)
        var sums = [Double](repeating: 0, count: inputs)
        Self.forEachExample(features, inputs) { feature, value in sums[feature] += value }
        let means = sums.map { $0 / count }
        var squares = [Double](repeating: 0, count: inputs)
        Self.forEachExample(features, inputs) { feature, value in
            let distance = value - means[feature]
            squares[feature] += distance * distance
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

    /// The head that gives for raw features what `head` gives for standardised ones: with z = (x - m) / d,
    /// W z + b = (W / d) x + (b - W m / d).
    public func folded(into head: Head) -> Head {
        precondition(
            head.architecture.inputs == means.count,
            "folded: \(means.count) features, \(head.architecture.inputs) inputs")
        var layers = head.layers
        let inputs = means.count
        for output in layers[0].bias.indices {
            var bias = Double(layers[0].bias[output])
            for input in 0..<inputs {
                let weight = Double(layers[0].weight[output * inputs + input]) / deviations[input]
                bias -= weight * means[input]
                layers[0].weight[output * inputs + input] = Float(weight)
            }
            layers[0].bias[output] = Float(bias)
        }
        return Head(architecture: head.architecture, layers: layers)
    }

    private static func forEachExample(_ features: [Float], _ inputs: Int, _ body: (Int, Double) -> Void) {
        for start in stride(from: 0, to: features.count, by: inputs) {
            for feature in 0..<inputs { body(feature, Double(features[start + feature])) }
        }
    }
}
