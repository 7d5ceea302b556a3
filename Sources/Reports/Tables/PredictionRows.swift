/// The rows that one cell adds to `predictions.csv`: what its heads said of each of their test clips.
struct PredictionRows {
    let cell: ReportCell
    let folds: [ReportFold]
    /// The classes that the file has columns for; those that the cell lacks stay empty.
    let classes: [String]

    static func header(of cells: [ReportCell]) -> String {
        CSVTable(
            columns: ["cell", "fold", "clip", "speaker", "label", "predicted"] + cells.classesOfAny.map { "p_\($0)" }
        ).text
    }

    var text: String {
        var table = CSVTable()
        let columns = classes.map { cell.classes.firstIndex(of: $0) }
        for fold in folds {
            for prediction in fold.predictions {
                let shares = columns.map { $0.map { CSVField.single(prediction.probabilities[$0]) } ?? .number(nil) }
                table.append(
                    [
                        .text(cell.id), .text(fold.name), .text(prediction.clip), .text(prediction.speaker),
                        .text(cell.classes[prediction.label]), .text(cell.classes[prediction.predicted]),
                    ] + shares)
            }
        }
        return table.text
    }
}
