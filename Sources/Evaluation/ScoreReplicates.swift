/// The pooled scores of each draw of the speakers: what the scores might have been with other speakers.
public struct ScoreReplicates: Sendable, Equatable {
    /// Who was drawn.
    public let drawing: SpeakerDraws
    /// UA, one entry a draw.
    public private(set) var uar: [Double] = []
    /// WA, one entry a draw.
    public private(set) var accuracy: [Double] = []
    /// Macro F1, one entry a draw.
    public private(set) var macroF1: [Double] = []

    /// The scores of these speakers' clips, pooled over each draw.
    init(of speakers: [ConfusionMatrix], drawing: SpeakerDraws) {
        precondition(
            speakers.count == drawing.speakers,
            "draws of \(speakers.count) speakers expected, found draws of \(drawing.speakers)")
        self.drawing = drawing
        let table = SpeakerTallies(speakers)
        var pooled = ClassTallies(classes: table.classes)
        for draw in 0..<drawing.draws {
            table.pool(drawing[draw], into: &pooled)
            uar.append(pooled.uar)
            accuracy.append(pooled.accuracy)
            macroF1.append(pooled.macroF1)
        }
    }

    /// For each score the middle part of its replicates that holds the share `confidence` of them, between 0 and 1.
    public func intervals(confidence: Double) -> ScoreIntervals {
        ScoreIntervals(
            accuracy: Interval(holding: confidence, of: accuracy), uar: Interval(holding: confidence, of: uar),
            macroF1: Interval(holding: confidence, of: macroF1))
    }
}
