import Documents
import Evaluation

/// What validation chose for each fold, beside what choosing by the test clips would have shown.
struct SelectionSection {
    let request: SelectionRequest?
    let results: [SelectedResult]
    let groups: [ProtocolGroup]
    let resampling: SpeakerResampling

    var blocks: [Block] {
        guard let request else { return [] }
        return [.heading("Chosen on validation clips", level: 2), .paragraph(opening(request))] + chosen + withoutChoice
    }

    private func opening(_ request: SelectionRequest) -> String {
        "For each fold the cell with the best \(code(request.criterion.rawValue)) was taken, among those that differ by "
            + "\(request.axes.map(code).joined(separator: ", ")) only; test clips had no say. *Best on test* is the one cell "
            + "with the highest UA on the test clips: it was picked by looking at the answer, so it flatters."
    }

    private var chosen: [Block] {
        guard !results.isEmpty else { return [] }
        return [
            .table(table),
            .paragraph(
                "In brackets: \(resampling.meaning). All scores are in `selected.csv`; which cell was chosen for which fold "
                    + "is in `selection.csv`."),
        ] + overSeeds + choices
    }

    /// Groups in which there was no choice, which must not go unsaid.
    private var withoutChoice: [Block] {
        let chosenFrom = Set(results.flatMap(\.candidates).map(\.cell.id))
        return groups.filter { group in !group.cells.contains { chosenFrom.contains($0.cell.id) } }.map {
            .paragraph(
                "Under \($0.heading) nothing was chosen: its cells do not differ there, or a fold has no validation clips."
            )
        }
    }

    /// Names for what is neither chosen among nor a seed.
    private var names: VariantNames {
        VariantNames(among: results.flatMap(\.candidates).map(\.cell), leavingOut: request?.axes ?? [])
    }

    private var table: Table {
        Table(
            columns: [.words("result"), .words("protocol"), .words("variant"), .figures("seed")] + Figures.columns,
            rows: results.flatMap { result in
                let best = result.bestOnTest
                let variant = markdown(names.name(of: result.candidates[0].cell))
                let under = [groupName(of: result), variant, "\(result.cell.seed)"]
                return [
                    ["**chosen**, \(code(result.cell.id))"] + under + Figures(result.scores, result.intervals).cells,
                    ["best on test (optimistic), \(code(best.cell.id))"] + under + Figures(best).cells,
                ]
            })
    }

    /// One line for each set of choices that differ by training seed only.
    private var overSeeds: [Block] {
        grouped(results, by: SelectedResult.SeedKey.init).filter { $0.count > 1 }.map { results in
            let uar = MeanAndDeviation(of: results.map(\.scores.uar))
            let best = MeanAndDeviation(of: results.map(\.bestOnTest.scores.uar))
            let variant = markdown(names.name(of: results[0].candidates[0].cell))
            return .paragraph(
                "Over \(results.count) training seeds under \(groupName(of: results[0])) (\(variant)), mean ± standard "
                    + "deviation: UA \(uar.text) chosen, \(best.text) best on test.")
        }
    }

    private var choices: [Block] {
        let lines = results.prefix(12).map { result in
            let counts = result.counts.prefix(8).map { candidate, folds in
                "\(code(candidate.cell.id)) (\(words(of: candidate))) for \(folds)"
            }
            let rest = result.counts.count > 8 ? " and \(result.counts.count - 8) more" : ""
            let folds = counted(result.choices.count, "fold")
            return "\(code(result.cell.id)): \(counts.joined(separator: ", "))\(rest) of \(folds)."
        }
        return [.list(Array(lines))]
    }

    /// The values of a candidate on the axes chosen among.
    private func words(of candidate: CellSummary) -> String {
        let request = results[0].request
        return candidate.cell.axes.filter(request.covers)
            .map { markdown("\($0.name) \($0.value)") }.joined(separator: ", ")
    }

    private func groupName(of result: SelectedResult) -> String {
        ([code(result.cell.split.name)] + result.cell.conditions).joined(separator: ", ")
    }
}
