import Kernels

/// Trains one head on one thread, from given weights and in a given order: ``train(_:classes:training:validation:)``
/// draws both from the recipe's seed.
///
/// Letters as in ``Network``. All buffers are made once; the features are read where they lie.
struct Trainer {
    private let recipe: TrainingRecipe
    private let training: Examples
    private let validation: Examples?
    private let network: Network
    /// The network's layers as the optimiser sees them.
    let optimized: [LinearParameters]
    /// For each layer but the first, capacity × K: the gradient with respect to its inputs.
    private let inputGradients: [Matrix]
    private var dropout: Dropout?
    private var steps = 0

    /// A trainer of checked settings and examples, starting from `head`.
    init(_ recipe: TrainingRecipe, training: Examples, validation: Examples?, head: Head) {
        self.recipe = recipe
        self.training = training
        self.validation = validation
        let evaluationBlock = 64
        let capacity = max(min(recipe.batch, training.count), evaluationBlock)
        network = Network(head, capacity: capacity)
        optimized = network.layers.map { LinearParameters($0.parameters) }
        inputGradients = head.architecture.hidden.map { .padded(rows: capacity, columns: $0) }
        let units = capacity * (head.architecture.hidden.max() ?? 0)
        dropout = Dropout(probability: recipe.dropout, units: units, seed: recipe.seed)
    }

    /// Trains until the last epoch or until early stopping ends it; `order` gives an epoch's order, epochs from 1.
    mutating func run(order: (Int) -> [Int]) throws -> TrainingOutcome {
        var rate = LearningRate(recipe.schedule, initial: recipe.optimizer.learningRate, epochs: recipe.epochs)
        var best = recipe.earlyStopping.map(BestEpoch.init)
        let bestParameters =
            best == nil
            ? [] : network.layers.map { Matrix.padded(rows: $0.parameters.rows, columns: $0.parameters.columns) }
        var history: [EpochRecord] = []
        for epoch in 1...recipe.epochs {
            let record = try record(of: epoch, learningRate: rate.current, order: order(epoch))
            history.append(record)
            rate.finishEpoch(epoch, loss: record.validationLoss ?? record.trainLoss)
            if best?.isImproved(by: record) == true { network.copyParameters(to: bestParameters) }
            if best?.endsTraining(after: epoch) == true { break }
        }
        if best != nil { network.copyParameters(from: bestParameters) }
        return try outcome(bestEpoch: best?.epoch ?? history.count, history: history)
    }

    /// One epoch: the steps in this order, then the validation examples.
    private mutating func record(of epoch: Int, learningRate: Double, order: [Int]) throws -> EpochRecord {
        var seen = Tally()
        let batches = order.batches(of: recipe.batch)
        for (position, rows) in batches.enumerated() {
            let result = step(rows, learningRate: learningRate)
            guard result.lossSum.isFinite else {
                throw EmotionHeadError.lossNotFinite(
                    loss: result.lossSum / Double(rows.count), epoch: epoch, batch: position + 1,
                    batches: batches.count, learningRate: learningRate)
            }
            seen.add(result, examples: rows.count)
        }
        let validated = try validation.map { try evaluate($0, epoch: epoch) }
        return EpochRecord(
            epoch: epoch, learningRate: learningRate, trainLoss: seen.loss, trainAccuracy: seen.accuracy,
            validationLoss: validated?.loss, validationAccuracy: validated?.accuracy)
    }

    /// One step of the optimiser on the training examples at `rows`, not taken where their loss is not finite.
    mutating func step(_ rows: ArraySlice<Int>, learningRate: Double) -> BatchResult {
        let logits = network.logits(of: rows, in: training.features, dropout: &dropout)
        let labels = rows.map { Int32(training.labels[$0]) }
        let result = crossEntropy(logits, labels: labels, gradientScale: 1 / Float(rows.count))
        guard result.lossSum.isFinite else { return result }
        steps += 1
        descend(batch: rows.count, step: recipe.optimizer.step(steps, learningRate: learningRate))
        return result
    }

    /// Backward through the layers, each stepping as soon as the gradient of its inputs has been formed.
    private func descend(batch: Int, step: AdamWStep) {
        for position in optimized.indices.reversed() {
            let layer = optimized[position]
            let inputs = network.inputs(of: position, batch: batch)
            let gradient = outputGradient(of: position, batch: batch)
            if position > 0 {
                let inputGradient = inputGradients[position - 1].rows(0..<batch)
                let weights = layer.values.rows(0..<inputs.columns)
                multiply(gradient, weights, into: inputGradient, transposeB: true)
                rectifyGradient(inputGradient, activations: inputs, scale: dropout?.scale ?? 1)
            }
            Kernels.descend(layer, inputs: inputs, gradient: gradient, step: step)
        }
    }

    /// The gradient with respect to what layer `position` gives before ReLU: B × N.
    private func outputGradient(of position: Int, batch: Int) -> Matrix {
        position == optimized.count - 1
            ? network.outputs(of: position, batch: batch) : inputGradients[position].rows(0..<batch)
    }

    /// The validation examples with the weights as they are, dropout off.
    func evaluate(_ examples: Examples, epoch: Int) throws -> Tally {
        var seen = Tally()
        for rows in Array(0..<examples.count).batches(of: network.capacity) {
            let logits = network.logits(of: rows, in: examples.features)
            let labels = rows.map { Int32(examples.labels[$0]) }
            seen.add(crossEntropy(logits, labels: labels, gradientScale: 1), examples: rows.count)
        }
        guard seen.loss.isFinite else {
            throw EmotionHeadError.validationLossNotFinite(loss: seen.loss, epoch: epoch)
        }
        return seen
    }

    private func outcome(bestEpoch: Int, history: [EpochRecord]) throws -> TrainingOutcome {
        let head = network.head
        guard head.layers.allSatisfy({ areFinite($0.weight) && areFinite($0.bias) }) else {
            throw EmotionHeadError.weightsNotFinite(epoch: bestEpoch)
        }
        return TrainingOutcome(head: head, history: history, bestEpoch: bestEpoch)
    }
}

/// The sums behind an epoch's means.
struct Tally {
    private var lossSum = 0.0
    private var correct = 0
    private var examples = 0

    var loss: Double { lossSum / Double(examples) }
    var accuracy: Double { Double(correct) / Double(examples) }

    mutating func add(_ result: BatchResult, examples: Int) {
        lossSum += result.lossSum
        correct += result.correct
        self.examples += examples
    }
}

extension Array {
    /// The elements in order, `size` at a time; the last batch may be shorter.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
