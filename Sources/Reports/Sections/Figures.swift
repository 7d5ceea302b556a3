import Documents
import Drawing
import Evaluation

/// The three headline scores as report tables print them, in per cent.
struct Figures {
    /// UA, WA and macro F1, in the order of ``columns``.
    let cells: [String]

    static let columns: [Table.Column] = [.figures("UA %"), .figures("WA %"), .figures("macro F1 %")]

    /// Each score with its interval in brackets.
    init(_ summary: CellSummary) { self.init(summary.scores, summary.intervals) }

    /// Each score with its interval in brackets.
    init(_ scores: Scores, _ intervals: ScoreIntervals?) {
        cells = [
            Self.text(scores.uar, intervals?.uar), Self.text(scores.accuracy, intervals?.accuracy),
            Self.text(scores.macroF1, intervals?.macroF1),
        ]
    }

    /// Mean ± standard deviation of each score over several cells.
    init(over summaries: [CellSummary]) {
        let paths: [KeyPath<Scores, Double>] = [\.uar, \.accuracy, \.macroF1]
        cells = paths.map { path in
            MeanAndDeviation(of: summaries.map { $0.scores[keyPath: path] }).text
        }
    }

    /// What was published, a dash for what was not.
    init(_ published: PublishedResult) {
        cells = [published.uar, published.accuracy, published.macroF1].map { $0.map { percent($0) } ?? "–" }
    }

    private static func text(_ value: Double, _ interval: Interval?) -> String { percent(value) + bracketed(interval) }
}

/// The recall of a class in per cent; a class without clips has none.
func recall(_ scores: ClassScores) -> String { scores.support > 0 ? percent(scores.recall) : "–" }

/// A p-value with four digits, or that it is smaller.
func probability(_ p: Double) -> String { p < 0.0001 ? "< 0.0001" : fixed(p, digits: 4) }

/// The ends of an interval in per cent, to stand behind its figure: " [44.0, 52.2]"; nothing where there is none.
func bracketed(_ interval: Interval?) -> String {
    interval.map { " [\(percent($0.low, digits: 1)), \(percent($0.high, digits: 1))]" } ?? ""
}

/// The mean of at least one value.
func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// The mean of at least two values and their sample standard deviation (n − 1 in the denominator).
struct MeanAndDeviation {
    let mean: Double
    let deviation: Double

    /// Both in per cent.
    var text: String { "\(percent(mean)) ± \(percent(deviation))" }

    init(of values: [Double]) {
        precondition(values.count > 1, "a standard deviation needs two values, found \(values.count)")
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        deviation = (squares / Double(values.count - 1)).squareRoot()
    }
}
