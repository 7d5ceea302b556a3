/// `layer_weights.csv`: how much each hidden state counts in each head that learned it.
struct LayerWeightsTable {
    let cells: [CellSummary]

    var text: String {
        var table = CSVTable(columns: ["cell", "fold", "state", "weight"])
        var isEmpty = true
        for summary in cells {
            for fold in summary.folds {
                for (state, weight) in fold.layerWeights.enumerated() {
                    table.append([.text(summary.cell.id), .text(fold.name), .integer(state), .single(weight)])
                    isEmpty = false
                }
            }
        }
        return isEmpty ? "" : table.text
    }
}
