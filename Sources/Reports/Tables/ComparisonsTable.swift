import Evaluation

/// `comparisons.csv`: pairs of cells on the same test clips, a row a score.
struct ComparisonsTable {
    let comparisons: [CellComparison]

    var text: String {
        guard !comparisons.isEmpty else { return "" }
        var table = CSVTable(columns: [
            "first", "second", "protocol", "metric", "difference", "low", "high", "only_first_right",
            "only_second_right", "mcnemar_p", "mcnemar_p_holm",
        ])
        for one in comparisons {
            let paired = one.paired
            for (metric, difference) in [("ua", paired.uar), ("wa", paired.accuracy), ("macro_f1", paired.macroF1)] {
                table.append([
                    .text(one.first.cell.id), .text(one.second.cell.id), .text(one.first.cell.split.name),
                    .text(metric), .number(difference.difference), .number(difference.interval?.low),
                    .number(difference.interval?.high), .integer(paired.mcnemar.onlyFirstRight),
                    .integer(paired.mcnemar.onlySecondRight), .number(paired.mcnemar.pValue), .number(one.adjustedP),
                ])
            }
        }
        return table.text
    }
}
