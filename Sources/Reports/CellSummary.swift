import Evaluation

/// What a report says of one cell, worked out once: matrices and scores of the whole, of each fold, of each speaker.
struct CellSummary {
    let cell: ReportCell
    /// The test clips of all folds.
    let pooled: ConfusionMatrix
    /// The scores of ``pooled``.
    let scores: Scores
    /// Nil with fewer than two speakers.
    let intervals: ScoreIntervals?
    /// One matrix a fold, in the order of the folds.
    let folds: [ConfusionMatrix]
    /// One matrix a speaker, in the order of their names.
    let speakers: [(name: String, matrix: ConfusionMatrix)]

    init(_ cell: ReportCell, classes: Int, bootstrap: SpeakerBootstrap) {
        precondition(!cell.folds.isEmpty, "cell '\(cell.id)' needs at least one fold, found none")
        self.cell = cell
        folds = cell.folds.map { confusionMatrix(of: $0.predictions, classes: classes) }
        pooled = folds.dropFirst().reduce(folds[0], +)
        scores = Scores(pooled)
        speakers = Dictionary(grouping: cell.folds.flatMap(\.predictions), by: \.speaker)
            .sorted { $0.key < $1.key }
            .map { ($0.key, confusionMatrix(of: $0.value, classes: classes)) }
        intervals = bootstrap.intervals(of: speakers.map(\.matrix))
    }

    /// What the cell's figures must be read with, in a few words each.
    var conditions: [String] {
        [cell.isSpeakerIndependent ? "speaker-independent" : "speaker-dependent"]
            + (cell.isTransductive ? ["transductive"] : [])
    }

    /// The conditions in a sentence, for the descriptions of pictures.
    var protocolSentence: String { (["Protocol \(cell.protocolName)"] + conditions).joined(separator: ", ") + "." }
}

private func confusionMatrix(of predictions: [ReportPrediction], classes: Int) -> ConfusionMatrix {
    for prediction in predictions {
        precondition(
            prediction.probabilities.count == classes,
            "\(classes) probabilities expected for '\(prediction.clip)', found \(prediction.probabilities.count)")
    }
    return ConfusionMatrix(
        labels: predictions.map(\.label), predictions: predictions.map(\.predicted), classes: classes)
}
