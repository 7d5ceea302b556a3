import Evaluation

/// What validation chose for each fold, beside what choosing by the test clips would have shown.
struct SelectionSection {
    let results: [SelectedResult]
    let resampling: SpeakerResampling

    var blocks: [String] {
        guard let first = results.first else { return [] }
        let axes = first.request.axes.map(code).joined(separator: ", ")
        return [
            "## Chosen on validation clips",
            "For each fold the cell with the best \(code(first.request.criterion.rawValue)) was taken, among those that "
                + "differ by \(axes) only; test clips had no say. *Best on test* is the one cell with the highest UA on "
                + "the test clips: it was picked by looking at the answer, so it flatters.",
            table.text,
            "In brackets: \(resampling.meaning). All scores are in "
                + "`selected.csv`; which cell was chosen for which fold is in `selection.csv`.",
        ] + overSeeds + choices
    }

    private var table: MarkdownTable {
        MarkdownTable(
            columns: [.words("result"), .words("protocol"), .figures("seed")] + Figures.columns,
            rows: results.flatMap { result in
                let best = result.bestOnTest
                let under = [groupName(of: result), "\(result.cell.seed)"]
                return [
                    ["**chosen**, \(code(result.cell.id))"] + under + Figures(result.scores, result.intervals).cells,
                    ["best on test (optimistic), \(code(best.cell.id))"] + under + Figures(best).cells,
                ]
            })
    }

    /// One line a protocol with several seeds.
    private var overSeeds: [String] {
        grouped(results) { DivisionKey($0.cell) }.filter { $0.count > 1 }.map { results in
            let uar = MeanAndDeviation(of: results.map(\.scores.uar))
            let best = MeanAndDeviation(of: results.map(\.bestOnTest.scores.uar))
            return "Over \(results.count) choices under \(groupName(of: results[0])), mean ± standard deviation: UA "
                + "\(percent(uar.mean)) ± \(percent(uar.deviation)) chosen, \(percent(best.mean)) ± "
                + "\(percent(best.deviation)) best on test."
        }
    }

    private var choices: [String] {
        let lines = results.prefix(12).map { result in
            let counts = result.counts.prefix(8).map { candidate, folds in
                "\(code(candidate.cell.id)) (\(words(of: candidate))) for \(folds)"
            }
            let rest = result.counts.count > 8 ? " and \(result.counts.count - 8) more" : ""
            let folds = counted(result.choices.count, "fold")
            return "- \(code(result.cell.id)): \(counts.joined(separator: ", "))\(rest) of \(folds)."
        }
        return [lines.joined(separator: "\n")]
    }

    /// The values of a candidate on the axes chosen among.
    private func words(of candidate: CellSummary) -> String {
        let request = results[0].request
        return candidate.cell.axes.filter { request.covers($0.name) }
            .map { markdown("\($0.name) \($0.value)") }.joined(separator: ", ")
    }

    private func groupName(of result: SelectedResult) -> String {
        ([code(result.cell.split.name)] + result.cell.conditions).joined(separator: ", ")
    }
}
