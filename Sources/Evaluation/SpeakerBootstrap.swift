import Randomness

/// How far the scores would move with other speakers: percentile intervals from resampling speakers with replacement.
///
/// Clips of one speaker resemble each other, so whole speakers are drawn, not clips. The interval speaks of the choice
/// of speakers alone, not of training seeds nor of other ways of speaking; under a speaker-dependent protocol it speaks
/// of speakers who were trained on. A draw that misses a class averages over the classes it has.
///
/// Source: Field and Welsh, "Bootstrapping clustered data", Journal of the Royal Statistical Society B 69(3), 2007.
public struct SpeakerBootstrap: Sendable, Equatable {
    /// How many times the speakers are drawn.
    public let draws: Int
    /// The share of the draws that the interval holds, between 0 and 1.
    public let confidence: Double
    /// The seed of the draws.
    public let seed: UInt64

    /// A bootstrap of this many draws.
    public init(draws: Int = 10_000, confidence: Double = 0.95, seed: UInt64) {
        precondition(draws > 0, "a bootstrap needs a positive number of draws, found \(draws)")
        precondition(confidence > 0 && confidence < 1, "a confidence between 0 and 1 expected, found \(confidence)")
        self.draws = draws
        self.confidence = confidence
        self.seed = seed
    }

    /// The intervals of the pooled scores, or nil with fewer than two speakers.
    ///
    /// `speakers` holds one confusion matrix a speaker, in an order that does not depend on the run; speakers without
    /// clips do not count.
    public func intervals(of speakers: [ConfusionMatrix]) -> ScoreIntervals? {
        let counted = speakers.filter { $0.total > 0 }
        guard counted.count > 1 else { return nil }
        return replicates(of: counted, drawing: drawing(speakers: counted.count)).intervals(confidence: confidence)
    }

    /// More speakers than this are none: a column of file names or of texts was taken for theirs.
    public static let mostSpeakers = 10_000

    /// Whether so many speakers, none of whom has more clips than `largest`, can be drawn and the clips of a draw be counted.
    public static func canDraw(speakers: Int, largest: Int) -> Bool {
        speakers <= mostSpeakers && largest <= Int(Int32.max) / max(1, speakers)
    }

    /// Throws where the test speakers of some folds are too many to draw, or their clips too many to count.
    ///
    /// - throws: ``EvaluationError/tooManyToDraw(speakers:largest:)``.
    public static func check(_ folds: [Fold], of clips: [LabelledClip]) throws {
        var counts: [String: Int] = [:]
        for fold in folds { for clip in fold.test { counts[clips[clip].speaker, default: 0] += 1 } }
        let largest = counts.values.max() ?? 0
        guard canDraw(speakers: counts.count, largest: largest) else {
            throw EvaluationError.tooManyToDraw(speakers: counts.count, largest: largest)
        }
    }

    /// The draws of this many speakers, 1 to 65,535; the same for every result on as many.
    public func drawing(speakers: Int) -> SpeakerDraws {
        SpeakerDraws(
            draws: draws, speakers: speakers, generator: SeededGenerator(seed: seed, purpose: "speaker bootstrap"))
    }

    /// The pooled scores of each draw.
    ///
    /// `speakers` holds one confusion matrix a speaker, as many as `drawing` has, each with clips; anything else traps.
    public func replicates(of speakers: [ConfusionMatrix], drawing: SpeakerDraws) -> ScoreReplicates {
        ScoreReplicates(of: speakers, drawing: drawing)
    }
}
