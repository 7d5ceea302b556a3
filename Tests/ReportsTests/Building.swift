import Evaluation

@testable import Reports

/// A cell with what it gave.
struct CellCase {
    var cell: ReportCell
    var folds: [ReportFold]
}

/// A cell with one fold whose predictions are given as pairs of label and prediction among so many classes.
///
/// Clips are numbered; their speakers are "0" and "1" in turn.
func cell(
    _ id: String, protocolName: String = "three-fold", isSpeakerIndependent: Bool = true, isTransductive: Bool = false,
    encoder: String = "", layer: String = "12", head: String = "linear", seed: UInt64 = 0,
    classes: [String] = ["x", "y"],
    answers: [(Int, Int)] = [(0, 0), (1, 1)], validation: [(Int, Int)] = [], history: [ReportEpoch] = [],
    axes: [(String, String)] = [], isControl: Bool = false
) -> CellCase {
    let split = ReportSplit(
        name: protocolName, summary: "Summary of \(protocolName).", digest: "digest of \(protocolName)",
        isSpeakerIndependent: isSpeakerIndependent)
    let cell = ReportCell(
        id: id, split: split, isTransductive: isTransductive, classes: classes, encoder: encoder, layer: layer,
        layers: Int(layer).map { [$0] } ?? [0, 1, 2], isSingleLayer: Int(layer) != nil, head: head, seed: seed,
        axes: axes.map { ReportAxis(name: $0, value: $1) },
        isControl: isControl)
    return CellCase(
        cell: cell,
        folds: [fold("fold-1", classes: classes.count, answers: answers, validation: validation, history: history)])
}

/// A fold with these answers.
func fold(
    _ name: String, classes: Int = 2, answers: [(Int, Int)], validation: [(Int, Int)] = [],
    history: [ReportEpoch] = [], layerWeights: [Float] = []
) -> ReportFold {
    let predictions = answers.enumerated().map { number, answer in
        ReportPrediction(
            clip: "\(number).wav", speaker: "\(number % 2)", label: answer.0,
            probabilities: (0..<classes).map { $0 == answer.1 ? 1 : 0 })
    }
    let matrix = ConfusionMatrix(
        labels: validation.map(\.0), predictions: validation.map(\.1), classes: classes)
    return ReportFold(
        name: name, bestEpoch: 1, predictions: predictions, validation: validation.isEmpty ? nil : matrix,
        history: history, layerWeights: layerWeights)
}

/// Few draws are enough where the numbers do not matter.
func resampling(draws: Int = 100) -> SpeakerResampling { SpeakerResampling(SpeakerBootstrap(draws: draws, seed: 0)) }

/// What a report keeps of one cell.
func summary(of cell: CellCase) -> CellSummary {
    CellSummary(cell.cell, folds: cell.folds, resampling: resampling())
}

/// The groups of some cells.
func groups(_ cells: [CellCase]) -> [ProtocolGroup] { ProtocolGroup.groups(of: cells.map { summary(of: $0) }) }

/// Every file of a report by name.
func rendered(_ report: Report, _ cells: [CellCase]) throws -> [String: String] {
    var files: [String: String] = [:]
    let renderer = try ReportRenderer(report, cells: cells.map(\.cell)) { files[$0.file, default: ""] += $0.text }
    for cell in cells { try renderer.add(cell.folds) }
    try renderer.finish()
    return files
}

/// One epoch with this validation loss.
func epoch(_ number: Int, validationLoss: Double? = nil) -> ReportEpoch {
    ReportEpoch(
        epoch: number, learningRate: 0.1, trainLoss: 1 / Double(number), trainAccuracy: 0.5,
        validationLoss: validationLoss)
}
