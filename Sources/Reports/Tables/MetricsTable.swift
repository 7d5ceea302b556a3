import Evaluation

/// A table of scores: every one of every fold, and of all test folds pooled under the fold name `all`.
///
/// `metrics.csv` holds the cells of the grid; `controls.csv` and `selected.csv` hold controls and what was chosen on
/// validation clips in the same columns.
struct MetricsTable {
    /// What has scores.
    struct Entry {
        let cell: ReportCell
        let pooled: ConfusionMatrix
        let intervals: ScoreIntervals?
        let folds: [FoldSummary]
        /// Of the class scores; nil where they are not worked out.
        var classIntervals: [ClassIntervals]?
        /// Nil for what has matrices alone.
        var calibration: Calibration?
    }

    let entries: [Entry]

    var text: String {
        entries.isEmpty ? "" : Self.header + rows
    }

    static let header = CSVTable(columns: [
        "cell", "protocol", "layer", "head", "seed", "fold", "metric", "value", "low", "high",
    ]).text

    /// The table without its header.
    var rows: String {
        var table = CSVTable()
        for entry in entries {
            append(entry.pooled, of: entry.cell, fold: "all", entry: entry, to: &table)
            for fold in entry.folds { append(fold.matrix, of: entry.cell, fold: fold.name, to: &table) }
        }
        return table.text
    }

    private func append(
        _ matrix: ConfusionMatrix, of cell: ReportCell, fold: String, entry: Entry? = nil, to table: inout CSVTable
    ) {
        let scores = Scores(matrix)
        let key: [CSVField] = [
            .text(cell.id), .text(cell.split.name), .text(cell.layer), .text(cell.head), .unsigned(cell.seed),
            .text(fold),
        ]
        for (metric, value, interval) in headline(scores, entry) {
            table.append(key + [.text(metric), .number(value), .number(interval?.low), .number(interval?.high)])
        }
        for (index, name) in cell.classes.enumerated() {
            let intervals = entry?.classIntervals?[index]
            for (metric, value, interval) in perClass(scores.perClass[index], intervals, name: name) {
                table.append(key + [.text(metric), value, .number(interval?.low), .number(interval?.high)])
            }
        }
    }

    private func headline(_ scores: Scores, _ entry: Entry?) -> [(String, Double, Interval?)] {
        let intervals = entry?.intervals
        let scores: [(String, Double, Interval?)] = [
            ("ua", scores.uar, intervals?.uar), ("wa", scores.accuracy, intervals?.accuracy),
            ("macro_f1", scores.macroF1, intervals?.macroF1), ("micro_f1", scores.microF1, nil),
            ("weighted_f1", scores.weightedF1, nil),
        ]
        return scores + (entry?.calibration?.expectedError.map { [("ece", $0, nil)] } ?? [])
    }

    private func perClass(
        _ scores: ClassScores, _ intervals: ClassIntervals?, name: String
    ) -> [(String, CSVField, Interval?)] {
        [
            ("precision_\(name)", .number(scores.precision), intervals?.precision),
            ("recall_\(name)", .number(scores.recall), intervals?.recall),
            ("f1_\(name)", .number(scores.f1), intervals?.f1), ("support_\(name)", .integer(scores.support), nil),
        ]
    }
}

extension MetricsTable {
    /// The scores of some cells.
    init(_ cells: [CellSummary]) {
        entries = cells.map { Entry($0) }
    }

    /// The scores of one cell, those of its classes with intervals where there are some.
    init(_ cell: CellSummary, classIntervals: [ClassIntervals]?) {
        entries = [Entry(cell, classIntervals: classIntervals)]
    }

    /// The scores of what was chosen.
    init(_ results: [SelectedResult]) {
        entries = results.map {
            Entry(cell: $0.cell, pooled: $0.pooled, intervals: $0.intervals, folds: $0.choices.map(\.fold))
        }
    }
}

extension MetricsTable.Entry {
    fileprivate init(_ summary: CellSummary, classIntervals: [ClassIntervals]? = nil) {
        self.init(
            cell: summary.cell, pooled: summary.pooled, intervals: summary.intervals, folds: summary.folds,
            classIntervals: classIntervals, calibration: summary.calibration)
    }
}
