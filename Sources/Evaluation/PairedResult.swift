/// One result as comparisons with others on the same clips see it.
///
/// Made once a result, it serves every comparison; the costly part, the replicates, is not made again.
public struct PairedResult: Sendable, Equatable {
    /// One matrix a speaker, in an order that all results share.
    public let speakers: [ConfusionMatrix]
    /// Whether each test clip is answered rightly, in an order that all results share.
    public let isRight: [Bool]
    /// The pooled scores of the draws of these speakers; nil where no interval is wanted or there are not two speakers.
    public let replicates: ScoreReplicates?

    /// Gathers one result; at least one clip, and as many clips and right answers in `speakers` as in `isRight`.
    ///
    /// Results to compare take `replicates` from one ``SpeakerDraws``.
    public init(speakers: [ConfusionMatrix], isRight: [Bool], replicates: ScoreReplicates?) {
        let (clips, right) = (speakers.reduce(0) { $0 + $1.total }, speakers.reduce(0) { $0 + $1.right })
        precondition(
            clips > 0 && clips == isRight.count && right == isRight.count { $0 },
            "\(clips) clips of which \(right) are right expected, at least one clip: "
                + "found \(isRight.count) of which \(isRight.count { $0 }) are right")
        self.speakers = speakers
        self.isRight = isRight
        self.replicates = replicates
    }

    /// The scores of all clips together.
    var scores: Scores { Scores(speakers.dropFirst().reduce(speakers[0], +)) }

    /// How many clips of each class each speaker has: speakers × classes.
    var supports: [[Int]] { speakers.map { matrix in (0..<matrix.classes).map(matrix.support(of:)) } }
}
