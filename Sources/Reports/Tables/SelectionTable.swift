/// `selection.csv`: which candidate was chosen for each fold, by what score, and how it did on the test clips.
struct SelectionTable {
    let results: [SelectedResult]

    var text: String {
        guard !results.isEmpty else { return "" }
        var table = CSVTable(columns: [
            "selection", "fold", "chosen", "criterion", "validation_score", "test_ua", "test_wa", "test_macro_f1",
        ])
        for result in results {
            for choice in result.choices {
                let test = choice.fold.scores
                table.append([
                    .text(result.cell.id), .text(choice.fold.name), .text(choice.candidate.cell.id),
                    .text(result.request.criterion.rawValue), .number(choice.validationScore), .number(test.uar),
                    .number(test.accuracy), .number(test.macroF1),
                ])
            }
        }
        return table.text
    }
}
