/// Two results on the same test clips under one protocol, compared clip by clip and speaker by speaker.
///
/// Sources: Bisani and Ney, "Bootstrap estimates for confidence intervals in ASR performance evaluation", ICASSP 2004,
/// for drawing the same units for both; Field and Welsh (see ``SpeakerBootstrap``) for drawing whole speakers.
public struct PairedComparison: Sendable, Equatable {
    /// Of UA, the mean recall.
    public let uar: PairedDifference
    /// Of WA, plain accuracy.
    public let accuracy: PairedDifference
    /// Of macro F1.
    public let macroF1: PairedDifference
    /// Of the clips that only one of the two answers rightly.
    public let mcnemar: McNemar

    /// Compares `second` with `first`; the intervals hold the share `confidence` of the draws.
    ///
    /// Both have the same speakers with as many clips of each class, and replicates of the same draws or none; anything
    /// else traps.
    public init(first: PairedResult, second: PairedResult, confidence: Double = 0.95) {
        Self.checkTheyArePaired(first, second)
        let scores = (first.scores, second.scores)
        func difference(
            _ score: KeyPath<Scores, Double>, _ replicates: KeyPath<ScoreReplicates, [Double]>
        ) -> PairedDifference {
            let pair = first.replicates.flatMap { one in
                second.replicates.map { (one[keyPath: replicates], $0[keyPath: replicates]) }
            }
            return PairedDifference(
                scores.0[keyPath: score], scores.1[keyPath: score], replicates: pair, confidence: confidence)
        }
        uar = difference(\.uar, \.uar)
        accuracy = difference(\.accuracy, \.accuracy)
        macroF1 = difference(\.macroF1, \.macroF1)
        mcnemar = McNemar(first: first.isRight, second: second.isRight)
    }

    private static func checkTheyArePaired(_ first: PairedResult, _ second: PairedResult) {
        precondition(
            first.supports == second.supports,
            "the same clips of each speaker and class expected: \(first.supports) and \(second.supports) found")
        precondition(
            first.replicates?.drawing == second.replicates?.drawing,
            "replicates of the same draws expected: of \(first.replicates?.drawing.draws ?? 0) and "
                + "\(second.replicates?.drawing.draws ?? 0) draws found")
    }
}
