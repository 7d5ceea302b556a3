import Evaluation

/// What a report keeps of one cell when its predictions have been written: matrices, not clips, so that memory hardly
/// grows with the grid.
struct CellSummary {
    let cell: ReportCell
    /// In the protocol's order.
    let folds: [FoldSummary]
    /// The test clips of all folds.
    let pooled: ConfusionMatrix
    /// The scores of ``pooled``.
    let scores: Scores
    /// One matrix a speaker, in the order of their names.
    let speakers: [SpeakerMatrix]
    /// Nil with fewer than two speakers.
    let intervals: ScoreIntervals?
    /// How far the probabilities of the answers can be taken at their word, over the test clips of all folds.
    let calibration: Calibration
    /// Whether each test clip was answered rightly, fold by fold.
    let isRight: [Bool]
    /// Whether training left a history to draw.
    let hasHistory: Bool

    /// - Parameter keepsSpeakersOfFolds: whether speakers are kept fold by fold, as a choice among cells needs them.
    init(
        _ cell: ReportCell, folds results: [ReportFold], resampling: SpeakerResampling,
        keepsSpeakersOfFolds: Bool = true
    ) {
        precondition(!results.isEmpty, "cell '\(cell.id)' needs at least one fold, found none")
        precondition(
            results.allSatisfy { $0.layerWeights.isEmpty || $0.layerWeights.count == cell.layers.count },
            "cell '\(cell.id)' needs \(cell.layers.count) layer weights, found \(results.map(\.layerWeights.count))")
        self.cell = cell
        let each = results.map { FoldSummary($0, classes: cell.classes.count) }
        folds = keepsSpeakersOfFolds ? each : each.map { $0.withoutSpeakers() }
        pooled = folds.dropFirst().reduce(folds[0].matrix) { $0 + $1.matrix }
        scores = Scores(pooled)
        speakers = each.flatMap(\.speakers).pooledBySpeaker()
        intervals = resampling.intervals(of: speakers)
        calibration = results.map { Calibration(of: $0.predictions) }.reduce(Calibration(), +)
        isRight = results.flatMap(\.predictions).map { $0.predicted == $0.label }
        hasHistory = results.contains { !$0.history.isEmpty }
    }

    /// The conditions in a sentence, for the descriptions of pictures.
    var protocolSentence: String {
        (["Protocol \(cell.split.name)"] + cell.conditions).joined(separator: ", ") + "."
    }
}

/// What a report keeps of one fold.
struct FoldSummary {
    let name: String
    let matrix: ConfusionMatrix
    /// How many test speakers.
    let speakerCount: Int
    /// One matrix a test speaker, in the order of their names; empty where they are not kept.
    private(set) var speakers: [SpeakerMatrix]
    let validation: ConfusionMatrix?
    /// The validation loss of the weights kept.
    let validationLoss: Double?
    let bestEpoch: Int?
    let epochsRun: Int
    let layerWeights: [Float]

    var scores: Scores { Scores(matrix) }

    func withoutSpeakers() -> FoldSummary {
        var fold = self
        fold.speakers = []
        return fold
    }

    init(_ fold: ReportFold, classes: Int) {
        name = fold.name
        matrix = confusionMatrix(of: fold.predictions, classes: classes)
        speakers = Dictionary(grouping: fold.predictions, by: \.speaker).sorted { $0.key < $1.key }
            .map { SpeakerMatrix(name: $0.key, matrix: confusionMatrix(of: $0.value, classes: classes)) }
        speakerCount = speakers.count
        validation = fold.validation
        validationLoss = fold.history.first { $0.epoch == fold.bestEpoch }?.validationLoss
        bestEpoch = fold.bestEpoch
        epochsRun = fold.history.count
        layerWeights = fold.layerWeights
    }
}

extension Calibration {
    /// The confidence of each answer, which is the probability of the class answered.
    fileprivate init(of predictions: [ReportPrediction]) {
        self.init(
            predictions.map { (confidence: $0.probabilities[$0.predicted], isRight: $0.predicted == $0.label) })
    }
}

/// How the clips of one speaker were answered.
struct SpeakerMatrix {
    let name: String
    let matrix: ConfusionMatrix
}

extension [SpeakerMatrix] {
    /// One matrix a speaker over all folds that test the speaker, in the order of their names.
    func pooledBySpeaker() -> [SpeakerMatrix] {
        Dictionary(map { ($0.name, $0.matrix) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
            .map { SpeakerMatrix(name: $0.key, matrix: $0.value) }
    }
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
