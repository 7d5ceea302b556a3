import Kernels

/// Throws where a setting makes no sense.
func check(_ recipe: TrainingRecipe, classes: Int) throws {
    try require(classes >= 2, "classes", classes, "at least 2")
    let width = recipe.hidden.first { !(1...65536).contains($0) }
    try require(width == nil, "head.hidden", width ?? 0, "widths in 1 ... 65536")
    try require(isIn(0..<1, recipe.dropout), "head.dropout", recipe.dropout, "a number in [0, 1)")
    try require(recipe.states >= 1, "states", recipe.states, "at least 1")
    try checkOptimizer(recipe)
    try checkSchedule(recipe.schedule)
    try require(isIn(0..<1, recipe.labelSmoothing), "labelSmoothing", recipe.labelSmoothing, "a number in [0, 1)")
    try require(recipe.batch >= 1, "batch", recipe.batch, "at least 1")
    try require(recipe.epochs >= 1, "epochs", recipe.epochs, "at least 1")
    if let patience = recipe.earlyStopping?.patience {
        try require(patience >= 1, "earlyStopping.patience", patience, "at least 1")
    }
}

/// Throws for a head that would fill the memory: weights, gradients, two moments and the best epoch's are five copies.
func checkSize(_ architecture: HeadArchitecture) throws {
    let most = 1 << 26
    try require(
        architecture.parameters <= most, "head.hidden", "\(architecture.hidden), \(architecture.parameters) parameters",
        "widths that make at most \(most) parameters of \(architecture.inputs) features")
}

private func checkOptimizer(_ recipe: TrainingRecipe) throws {
    let optimizer = recipe.optimizer
    try require(isIn(0..<(.infinity), optimizer.learningRate), "optimizer.learningRate", optimizer.learningRate, finite)
    try require(isIn(0..<(.infinity), optimizer.weightDecay), "optimizer.weightDecay", optimizer.weightDecay, finite)
    try require(isIn(0..<1, optimizer.beta1), "optimizer.beta1", optimizer.beta1, "a number in [0, 1)")
    try require(isIn(0..<1, optimizer.beta2), "optimizer.beta2", optimizer.beta2, "a number in [0, 1)")
    let smallestNormal = Double(Float.leastNormalMagnitude)
    try require(
        isIn(smallestNormal..<1, optimizer.epsilon), "optimizer.epsilon", optimizer.epsilon,
        "a number below 1 and at least \(smallestNormal)")
    let own = recipe.layerWeightsLearningRate ?? 0
    try require(isIn(0..<(.infinity), own), "optimizer.layerWeightsLearningRate", own, finite)
}

private func checkSchedule(_ schedule: Schedule) throws {
    guard case .plateau(let factor, let patience) = schedule else { return }
    try require(isIn(0..<1, factor), "schedule.factor", factor, "a number in [0, 1)")
    try require(patience >= 0, "schedule.patience", patience, "at least 0")
}

private let finite = "a finite number of at least 0"

private func isIn(_ range: Range<Double>, _ value: Double) -> Bool { range.contains(value) }

private func require(_ isSound: Bool, _ setting: String, _ found: some Sendable, _ expected: String) throws {
    guard isSound else {
        throw EmotionHeadError.unusableSetting(name: setting, found: "\(found)", expected: expected)
    }
}

/// Throws where the examples cannot be trained on or validated with by this recipe.
func check(_ training: Examples, validation: Examples?, classes: Int, recipe: TrainingRecipe) throws {
    try check(training, part: .training, classes: classes)
    guard training.inputs.isMultiple(of: recipe.states) else {
        throw EmotionHeadError.statesDoNotFit(inputs: training.inputs, states: recipe.states)
    }
    if let validation {
        try check(validation, part: .validation, classes: classes)
        guard validation.inputs == training.inputs else {
            throw EmotionHeadError.inputsDiffer(training: training.inputs, validation: validation.inputs)
        }
    } else if let earlyStopping = recipe.earlyStopping {
        throw EmotionHeadError.validationMissing(monitor: earlyStopping.monitor)
    }
}

private func check(_ examples: Examples, part: EmotionHeadError.Part, classes: Int) throws {
    guard examples.count > 0 else { throw EmotionHeadError.noExamples(part: part) }
    try checkRows(of: examples, part: part)
    if let row = examples.labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
        throw EmotionHeadError.labelOutOfRange(part: part, row: row, label: examples.labels[row], classes: classes)
    }
    let (width, features) = (examples.inputs, examples.features)
    let rows = examples.tableRows
    if let example = firstRowNotFinite(rows, of: features, width: width),
        let column = (0..<width).first(where: { !features[rows[example] * width + $0].isFinite })
    {
        throw EmotionHeadError.featureNotFinite(
            part: part, row: example, column: column, value: features[rows[example] * width + column])
    }
}

/// Without rows the table has one an example; with rows there is one an example, and all are in the table.
private func checkRows(of examples: Examples, part: EmotionHeadError.Part) throws {
    let (width, count) = (examples.inputs, examples.features.count)
    guard width > 0, examples.rows == nil ? count == examples.count * width : count.isMultiple(of: width) else {
        throw EmotionHeadError.featureCount(part: part, found: count, examples: examples.count, inputs: width)
    }
    guard let rows = examples.rows else { return }
    guard rows.count == examples.count else {
        throw EmotionHeadError.rowCount(part: part, rows: rows.count, labels: examples.count)
    }
    if let example = rows.firstIndex(where: { $0 < 0 || $0 >= count / width }) {
        throw EmotionHeadError.rowOutOfRange(part: part, row: example, found: rows[example], tableRows: count / width)
    }
}
