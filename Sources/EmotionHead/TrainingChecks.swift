/// Throws where a setting makes no sense.
func check(_ recipe: TrainingRecipe, classes: Int) throws {
    let smallestNormal = Double(Float.leastNormalMagnitude)
    try require(classes >= 2, "classes", classes, "at least 2")
    let width = recipe.hidden.first { !(1...65536).contains($0) }
    try require(width == nil, "head.hidden", width ?? 0, "widths in 1 ... 65536")
    try require(isIn(0..<1, recipe.dropout), "head.dropout", recipe.dropout, "a number in [0, 1)")
    let optimizer = recipe.optimizer
    try require(isIn(0..<(.infinity), optimizer.learningRate), "optimizer.learningRate", optimizer.learningRate, finite)
    try require(isIn(0..<(.infinity), optimizer.weightDecay), "optimizer.weightDecay", optimizer.weightDecay, finite)
    try require(isIn(0..<1, optimizer.beta1), "optimizer.beta1", optimizer.beta1, "a number in [0, 1)")
    try require(isIn(0..<1, optimizer.beta2), "optimizer.beta2", optimizer.beta2, "a number in [0, 1)")
    try require(
        isIn(smallestNormal..<1, optimizer.epsilon), "optimizer.epsilon", optimizer.epsilon,
        "a number below 1 and at least \(smallestNormal)")
    if case .plateau(let factor, let patience) = recipe.schedule {
        try require(isIn(0..<1, factor), "schedule.factor", factor, "a number in [0, 1)")
        try require(patience >= 0, "schedule.patience", patience, "at least 0")
    }
    try require(recipe.batch >= 1, "batch", recipe.batch, "at least 1")
    try require(recipe.epochs >= 1, "epochs", recipe.epochs, "at least 1")
    if let patience = recipe.earlyStopping?.patience {
        try require(patience >= 1, "earlyStopping.patience", patience, "at least 1")
    }
}

private let finite = "a finite number of at least 0"

private func isIn(_ range: Range<Double>, _ value: Double) -> Bool { range.contains(value) }

private func require(_ isSound: Bool, _ setting: String, _ found: some Sendable, _ expected: String) throws {
    guard isSound else {
        throw EmotionHeadError.unusableSetting(name: setting, found: "\(found)", expected: expected)
    }
}

/// Throws where the examples cannot be trained on or validated with.
func check(_ training: Examples, validation: Examples?, classes: Int, earlyStopping: EarlyStopping?) throws {
    try check(training, part: .training, classes: classes)
    if let validation {
        try check(validation, part: .validation, classes: classes)
        guard validation.inputs == training.inputs else {
            throw EmotionHeadError.inputsDiffer(training: training.inputs, validation: validation.inputs)
        }
    } else if let earlyStopping {
        throw EmotionHeadError.validationMissing(monitor: earlyStopping.monitor)
    }
}

private func check(_ examples: Examples, part: EmotionHeadError.Part, classes: Int) throws {
    guard examples.count > 0 else { throw EmotionHeadError.noExamples(part: part) }
    guard examples.inputs > 0, examples.features.count == examples.count * examples.inputs else {
        throw EmotionHeadError.featureCount(
            part: part, found: examples.features.count, examples: examples.count, inputs: examples.inputs)
    }
    if let row = examples.labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
        throw EmotionHeadError.labelOutOfRange(part: part, row: row, label: examples.labels[row], classes: classes)
    }
    if let index = examples.features.firstIndex(where: { !$0.isFinite }) {
        throw EmotionHeadError.featureNotFinite(
            part: part, row: index / examples.inputs, column: index % examples.inputs, value: examples.features[index])
    }
}
