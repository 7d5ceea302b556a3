import Evaluation

/// The rows that one cell adds to `calibration.csv`: the clips of each bin of confidence over all test folds, their mean
/// confidence and the share answered rightly, both empty where the bin has no clips.
struct CalibrationRows {
    let summary: CellSummary

    static let header = CSVTable(columns: ["cell", "bin", "low", "high", "clips", "confidence", "accuracy"]).text

    var text: String {
        var table = CSVTable()
        for (index, bin) in summary.calibration.bins.enumerated() {
            table.append([
                .text(summary.cell.id), .integer(index + 1), .single(bin.low), .single(bin.high), .integer(bin.clips),
                .number(bin.meanConfidence), .number(bin.accuracy),
            ])
        }
        return table.text
    }
}
