/// `confusion.csv`: how often each class was answered for each label, over all test folds.
struct ConfusionTable {
    let cells: [CellSummary]

    var text: String {
        var table = CSVTable(columns: ["cell", "label", "predicted", "count"])
        for summary in cells {
            let classes = summary.cell.classes
            for (label, labelName) in classes.enumerated() {
                for (predicted, predictedName) in classes.enumerated() {
                    table.append([
                        .text(summary.cell.id), .text(labelName), .text(predictedName),
                        .integer(summary.pooled[label, predicted]),
                    ])
                }
            }
        }
        return table.text
    }
}
