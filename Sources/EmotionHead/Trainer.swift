import Kernels

/// Trains one head on one thread, from given weights and in a given order: ``train(_:classes:training:validation:)``
/// draws both from the recipe's seed.
///
/// Letters as in ``Network``. All buffers are made once; the features are read where they lie.
struct Trainer {
    private let recipe: TrainingRecipe
    private let training: Examples
    private let validation: Examples?
    private let rows: (training: [Int], validation: [Int])
    private let lossWeights: LossWeights
    private let network: Network
    /// The network's layers as the optimiser sees them.
    let optimized: [TrainedParameters]
    /// The weights of the states, where there are several.
    let mixing: TrainedMixing?
    private let gradients: GradientBuffers
    private var dropout: Dropout?
    private var steps = 0

    /// A trainer of checked settings and examples, starting from `head`.
    init(_ recipe: TrainingRecipe, training: Examples, validation: Examples?, head: Head) {
        self.recipe = recipe
        self.training = training
        self.validation = validation
        rows = (training.tableRows, validation?.tableRows ?? [])
        lossWeights = LossWeights(recipe, training: training, classes: head.architecture.classes)
        let capacity = max(min(recipe.batch, training.count), Network.evaluationBlock)
        network = Network(head, capacity: capacity)
        optimized = network.layers.map { TrainedParameters($0.parameters) }
        mixing = network.coefficients.map(TrainedMixing.init)
        gradients = GradientBuffers(head.architecture, capacity: capacity)
        let units = capacity * (head.architecture.hidden.max() ?? 0)
        dropout = Dropout(probability: recipe.dropout, units: units, seed: recipe.seed)
    }

    /// Trains until the last epoch or until early stopping ends it; `order` gives an epoch's order, epochs from 1.
    mutating func run(order: (Int) -> [Int]) throws -> TrainingOutcome {
        var rates = LearningRates(recipe)
        var best = recipe.earlyStopping.map(BestEpoch.init)
        let bestParameters = best == nil ? [] : network.parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
        var history: [EpochRecord] = []
        for epoch in 1...recipe.epochs {
            let record = try record(of: epoch, rates: rates, order: order(epoch))
            history.append(record)
            rates.finishEpoch(epoch, loss: record.validationLoss ?? record.trainLoss)
            if best?.isImproved(by: record) == true { copy(network.parameters, into: bestParameters) }
            if best?.endsTraining(after: epoch) == true { break }
        }
        if best != nil { copy(bestParameters, into: network.parameters) }
        return TrainingOutcome(head: network.head, history: history, bestEpoch: best?.epoch ?? history.count)
    }

    private func copy(_ sources: [Matrix], into copies: [Matrix]) {
        for (source, copied) in zip(sources, copies) { Kernels.copy(source, into: copied) }
    }

    /// One epoch: the steps in this order, then the validation examples.
    private mutating func record(of epoch: Int, rates: LearningRates, order: [Int]) throws -> EpochRecord {
        var seen = Tally()
        let batches = order.batches(of: recipe.batch)
        for (position, batch) in batches.enumerated() {
            let result = step(batch, rates: rates)
            guard result.lossSum.isFinite else {
                throw EmotionHeadError.lossNotFinite(
                    loss: result.loss, epoch: epoch, batch: position + 1, batches: batches.count,
                    learningRate: rates.head.current)
            }
            seen.add(result)
        }
        try checkParameters(after: epoch)
        let validated = try validation.map { try evaluate($0, at: rows.validation, epoch: epoch) }
        return EpochRecord(
            epoch: epoch, learningRate: rates.head.current, trainLoss: seen.loss, trainAccuracy: seen.accuracy,
            validationLoss: validated?.loss, validationAccuracy: validated?.accuracy)
    }

    /// One step of the optimiser on some training examples, not taken where their loss is not finite.
    mutating func step(_ examples: ArraySlice<Int>, rates: LearningRates) -> Tally {
        let taken = examples.map { rows.training[$0] }
        let logits = network.logits(of: taken, in: training.features, dropout: &dropout)
        let result = Tally(of: logits, labels: examples.map { training.labels[$0] }, weights: lossWeights)
        guard result.lossSum.isFinite else { return result }
        steps += 1
        descend(taken, rates: rates)
        return result
    }

    /// Backward through the layers, each stepping as soon as the gradient of its inputs has been formed.
    private func descend(_ taken: [Int], rates: LearningRates) {
        let batch = taken.count
        let step = recipe.optimizer.step(steps, learningRate: rates.head.current)
        for position in optimized.indices.reversed() {
            let isLast = position == optimized.count - 1
            let gradient =
                isLast ? network.outputs(of: position, batch: batch) : gradients.outputs(of: position, batch: batch)
            passBack(gradient, through: position, of: taken, rates: rates)
            Kernels.descend(optimized[position], inputs: inputs(of: position, batch), gradient: gradient, step: step)
        }
    }

    /// Turns the gradient of what layer `position` gives into that of what it was given, and goes on with it before the
    /// layer: to ReLU and dropout, or to the weights of the states.
    private func passBack(_ gradient: Matrix, through position: Int, of taken: [Int], rates: LearningRates) {
        let parameters = optimized[position].values
        if position > 0 {
            let before = gradients.outputs(of: position - 1, batch: taken.count)
            inputGradient(gradient, parameters, into: before)
            let activations = network.outputs(of: position - 1, batch: taken.count)
            rectifyGradient(before, activations: activations, scale: dropout?.scale ?? 1)
        } else if let mixing {
            let mixed = gradients.mixed(batch: taken.count)
            inputGradient(gradient, parameters, into: mixed.columns)
            transpose(mixed.columns, into: mixed.rows)
            let slopes = mixGradient(taken, of: training.features, states: mixing.states, gradient: mixed.rows)
            mixing.descend(slopes, step: recipe.optimizer.step(steps, learningRate: rates.mixing.current))
        }
    }

    /// What layer `position` was given, one example a row and a one after it: B × (K + 1).
    private func inputs(of position: Int, _ batch: Int) -> Matrix {
        guard position > 0 else { return network.examples(batch) }
        let rows = gradients.inputs(of: position, batch: batch)
        transpose(network.outputs(of: position - 1, batch: batch), into: rows.columns(0..<rows.columns - 1))
        return rows
    }

    /// Validation examples with the weights as they are, dropout off.
    func evaluate(_ examples: Examples, at rows: [Int], epoch: Int) throws -> Tally {
        var seen = Tally()
        for batch in Array(rows.indices).batches(of: Network.evaluationBlock) {
            let logits = network.logits(of: batch.map { rows[$0] }, in: examples.features)
            seen.add(Tally(of: logits, labels: batch.map { examples.labels[$0] }, weights: lossWeights))
        }
        guard seen.loss.isFinite else {
            throw EmotionHeadError.validationLossNotFinite(loss: seen.loss, epoch: epoch)
        }
        return seen
    }

    /// Throws where training has left a number that is not finite, even one that no loss shows: a second moment of infinity
    /// stands still for ever, and a unit of minus infinity is silent behind ReLU.
    private func checkParameters(after epoch: Int) throws {
        let layers = optimized.enumerated().map { ("linear layer \($0 + 1)", $1) }
        for (name, parameters) in layers + [mixing].compactMap({ $0 }).map({ ("the states", $0.parameters) }) {
            let tensors = [
                ("weights", parameters.values), ("first moments", parameters.firstMoment),
                ("second moments", parameters.secondMoment),
            ]
            if let bad = tensors.first(where: { !areFinite($0.1) }) {
                throw EmotionHeadError.weightsNotFinite(tensors: "\(bad.0) of \(name)", epoch: epoch)
            }
        }
    }
}

extension Array {
    /// The elements in order, `size` at a time; the last batch may be shorter.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
