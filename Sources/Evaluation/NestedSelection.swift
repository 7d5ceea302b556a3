/// Chooses a candidate for each fold by what its validation part says, so that no test clip has a say.
///
/// Source: Varma and Simon, "Bias in error estimation when using cross-validation for model selection", BMC
/// Bioinformatics 7:91, 2006.
public struct NestedSelection: Sendable, Equatable {
    /// The candidate chosen for each fold: an index of the rows that ``init(validationScores:)`` was given.
    public let choices: [Int]

    /// Chooses the candidate with the largest validation score of each fold; of equal ones the first.
    ///
    /// `validationScores` is candidates × folds, with at least one candidate; nil or not a number where a candidate has
    /// no score, which is never chosen.
    ///
    /// Throws ``EvaluationError/noValidationScore(folds:)`` for folds in which no candidate has one.
    public init(validationScores: [[Double?]]) throws {
        let folds = validationScores.first?.count ?? 0
        precondition(
            !validationScores.isEmpty && validationScores.allSatisfy { $0.count == folds },
            "candidates with as many folds each expected, found rows of \(validationScores.map(\.count))")
        let best = (0..<folds).map { fold in Self.best(of: validationScores.map { $0[fold] }) }
        let undecided = best.indices.filter { best[$0] == nil }
        guard undecided.isEmpty else { throw EvaluationError.noValidationScore(folds: undecided) }
        choices = best.compactMap { $0 }
    }

    private static func best(of scores: [Double?]) -> Int? {
        let known = scores.enumerated().compactMap { index, score in
            score.flatMap { $0.isNaN ? nil : (index: index, score: $0) }
        }
        return known.max { ($0.score, $1.index) < ($1.score, $0.index) }?.index
    }
}
