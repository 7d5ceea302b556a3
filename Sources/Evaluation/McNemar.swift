import Foundation

/// Whether one of two results on the same clips is right more often: McNemar's test in its exact form.
///
/// Only the clips that one of them answers rightly and the other wrongly tell. If neither were better, each of those
/// would be a toss of a fair coin. The test takes clips as independent, which clips of one speaker are not: the
/// interval of ``PairedDifference`` is the figure that knows of speakers.
///
/// Sources: McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
/// Psychometrika 12(2), 1947; Edwards, "Note on the 'correction for continuity' in testing the significance of the
/// difference between correlated proportions", Psychometrika 13(3), 1948, whose approximation the exact binomial form
/// makes needless.
public struct McNemar: Sendable, Equatable {
    /// The number of clips that only the first result answers rightly.
    public let onlyFirstRight: Int
    /// The number of clips that only the second result answers rightly.
    public let onlySecondRight: Int
    /// Twice the chance that a fair coin falls on the rarer side that seldom, at most 1; 1 if no clip tells.
    public let pValue: Double

    /// The test for these two numbers of clips, neither of them negative.
    public init(onlyFirstRight: Int, onlySecondRight: Int) {
        precondition(
            onlyFirstRight >= 0 && onlySecondRight >= 0,
            "numbers of clips expected, found \(onlyFirstRight) and \(onlySecondRight)")
        self.onlyFirstRight = onlyFirstRight
        self.onlySecondRight = onlySecondRight
        pValue = min(1, 2 * lowerTail(min(onlyFirstRight, onlySecondRight), tosses: onlyFirstRight + onlySecondRight))
    }

    /// The test for two results: whether each of the same clips is answered rightly.
    public init(first: [Bool], second: [Bool]) {
        precondition(
            first.count == second.count,
            "as many clips in both results expected: \(first.count) and \(second.count) found")
        let pairs = zip(first, second)
        self.init(onlyFirstRight: pairs.count { $0 && !$1 }, onlySecondRight: pairs.count { !$0 && $1 })
    }
}

/// The chance that of n tosses of a fair coin at most k fall on one side: the largest term times a sum of ratios.
private func lowerTail(_ k: Int, tosses n: Int) -> Double {
    var (sum, ratio) = (1.0, 1.0)
    for i in stride(from: k, to: 0, by: -1) {
        ratio *= Double(i) / Double(n - i + 1)
        sum += ratio
    }
    return exp(logBinomial(n, k) - Double(n) * log(2)) * sum
}

/// The logarithm of "n choose k".
private func logBinomial(_ n: Int, _ k: Int) -> Double {
    logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
}

private func logGamma(_ x: Double) -> Double { lgamma(x).0 }
