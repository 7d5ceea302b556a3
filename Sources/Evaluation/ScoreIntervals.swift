/// The intervals of the three headline scores.
public struct ScoreIntervals: Sendable, Equatable {
    /// Of WA, plain accuracy.
    public let accuracy: Interval
    /// Of UA, the mean recall.
    public let uar: Interval
    /// Of macro F1.
    public let macroF1: Interval
}
