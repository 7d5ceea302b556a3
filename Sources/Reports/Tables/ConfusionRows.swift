import Evaluation

/// The rows that one cell adds to `confusion.csv`: how often each class was answered for each label, over all test folds.
struct ConfusionRows {
    let summary: CellSummary

    static let header = CSVTable(columns: ["cell", "label", "predicted", "count"]).text

    var text: String {
        var table = CSVTable()
        let classes = summary.cell.classes
        for (label, labelName) in classes.enumerated() {
            for (predicted, predictedName) in classes.enumerated() {
                table.append([
                    .text(summary.cell.id), .text(labelName), .text(predictedName),
                    .integer(summary.pooled[label, predicted]),
                ])
            }
        }
        return table.text
    }
}
