import Evaluation

@testable import Reports

/// A cell with one fold whose predictions are given as pairs of label and prediction among so many classes.
func cell(
    _ id: String, protocolName: String = "three-fold", isSpeakerIndependent: Bool = true, isTransductive: Bool = false,
    layer: String = "12", seed: UInt64 = 0, classes: Int = 2, answers: [(Int, Int)] = [(0, 0), (1, 1)],
    history: [ReportEpoch] = []
) -> ReportCell {
    let predictions = answers.enumerated().map { number, answer in
        ReportPrediction(
            clip: "\(number).wav", speaker: "\(number % 2)", label: answer.0,
            probabilities: (0..<classes).map { $0 == answer.1 ? 1 : 0 })
    }
    return ReportCell(
        id: id, protocolName: protocolName, protocolSummary: "Summary of \(protocolName).",
        isSpeakerIndependent: isSpeakerIndependent, isTransductive: isTransductive, layer: layer, head: "linear",
        seed: seed, folds: [ReportFold(name: "fold-1", bestEpoch: 1, predictions: predictions, history: history)])
}

/// What a report says of one cell, with few draws.
func summary(of cell: ReportCell, classes: Int = 2) -> CellSummary {
    CellSummary(cell, classes: classes, bootstrap: SpeakerBootstrap(draws: 20, seed: 0))
}

/// One epoch with this validation loss.
func epoch(_ number: Int, validationLoss: Double? = nil) -> ReportEpoch {
    ReportEpoch(
        epoch: number, learningRate: 0.1, trainLoss: 1 / Double(number), trainAccuracy: 0.5,
        validationLoss: validationLoss)
}
