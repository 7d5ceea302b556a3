import Evaluation

/// `metrics.csv`: every score of every fold, and of all test folds pooled under the fold name `all`.
struct MetricsTable {
    let cells: [CellSummary]
    let classes: [String]

    var text: String {
        var table = CSVTable(columns: [
            "cell", "protocol", "layer", "head", "seed", "fold", "metric", "value", "low", "high",
        ])
        for summary in cells {
            append(summary.scores, of: summary, fold: "all", intervals: summary.intervals, to: &table)
            for (fold, matrix) in zip(summary.cell.folds, summary.folds) {
                append(Scores(matrix), of: summary, fold: fold.name, intervals: nil, to: &table)
            }
        }
        return table.text
    }

    private func append(
        _ scores: Scores, of summary: CellSummary, fold: String, intervals: ScoreIntervals?, to table: inout CSVTable
    ) {
        let cell = summary.cell
        let key: [CSVField] = [
            .text(cell.id), .text(cell.protocolName), .text(cell.layer), .text(cell.head), .unsigned(cell.seed),
            .text(fold),
        ]
        for (metric, value, interval) in headline(scores, intervals) {
            table.append(key + [.text(metric), .number(value), .number(interval?.low), .number(interval?.high)])
        }
        for (name, scores) in zip(classes, scores.perClass) {
            for (metric, value) in perClass(scores, name: name) {
                table.append(key + [.text(metric), value, .number(nil), .number(nil)])
            }
        }
    }

    private func headline(_ scores: Scores, _ intervals: ScoreIntervals?) -> [(String, Double, Interval?)] {
        [
            ("ua", scores.uar, intervals?.uar), ("wa", scores.accuracy, intervals?.accuracy),
            ("macro_f1", scores.macroF1, intervals?.macroF1), ("micro_f1", scores.microF1, nil),
            ("weighted_f1", scores.weightedF1, nil),
        ]
    }

    private func perClass(_ scores: ClassScores, name: String) -> [(String, CSVField)] {
        [
            ("precision_\(name)", .number(scores.precision)), ("recall_\(name)", .number(scores.recall)),
            ("f1_\(name)", .number(scores.f1)), ("support_\(name)", .integer(scores.support)),
        ]
    }
}
