/// `layer_weights.csv`: how much each hidden state counts in each head that learned it.
struct LayerWeightsTable {
    let cells: [CellSummary]

    var text: String {
        var table = CSVTable(columns: ["cell", "fold", "layer", "weight"])
        var isEmpty = true
        for summary in cells {
            for fold in summary.folds {
                for (layer, weight) in zip(summary.cell.layers, fold.layerWeights) {
                    table.append([.text(summary.cell.id), .text(fold.name), .integer(layer), .single(weight)])
                    isEmpty = false
                }
            }
        }
        return isEmpty ? "" : table.text
    }
}
