/// `predictions.csv`: what each head said of each of its test clips.
struct PredictionsTable {
    let cells: [ReportCell]
    let classes: [String]

    var text: String {
        var table = CSVTable(
            columns: ["cell", "fold", "clip", "speaker", "label", "predicted"] + classes.map { "p_\($0)" })
        for cell in cells {
            for fold in cell.folds {
                for prediction in fold.predictions {
                    table.append(
                        [
                            .text(cell.id), .text(fold.name), .text(prediction.clip), .text(prediction.speaker),
                            .text(classes[prediction.label]), .text(classes[prediction.predicted]),
                        ] + prediction.probabilities.map(CSVField.single))
                }
            }
        }
        return table.text
    }
}
