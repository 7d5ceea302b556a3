/// The rows that one cell adds to `history.csv`: how training stood after each epoch.
struct HistoryRows {
    let cell: ReportCell
    let folds: [ReportFold]

    static let header = CSVTable(columns: [
        "cell", "fold", "epoch", "learning_rate", "train_loss", "train_accuracy", "validation_loss",
        "validation_accuracy",
    ]).text

    var text: String {
        var table = CSVTable()
        for fold in folds {
            for epoch in fold.history {
                table.append([
                    .text(cell.id), .text(fold.name), .integer(epoch.epoch), .number(epoch.learningRate),
                    .number(epoch.trainLoss), .number(epoch.trainAccuracy), .number(epoch.validationLoss),
                    .number(epoch.validationAccuracy),
                ])
            }
        }
        return table.text
    }
}
