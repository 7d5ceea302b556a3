/// `history.csv`: how training stood after each epoch.
struct HistoryTable {
    let cells: [ReportCell]

    var text: String {
        var table = CSVTable(columns: [
            "cell", "fold", "epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss",
            "validation_accuracy",
        ])
        for cell in cells {
            for fold in cell.folds {
                for epoch in fold.history {
                    table.append([
                        .text(cell.id), .text(fold.name), .integer(epoch.epoch), .number(epoch.learningRate),
                        .number(epoch.trainLoss), .number(epoch.trainAccuracy), .number(epoch.validationLoss),
                        .number(epoch.validationAccuracy),
                    ])
                }
            }
        }
        return table.text
    }
}
