import Testing

@testable import Reports

@Suite struct CalibrationRowsTests {
    @Test func everyBinHasARowAndEmptyOnesNoFigures() throws {
        var one = cell("=a")
        one.folds[0].predictions[0].probabilities = [0.75, 0.25]
        one.folds[0].predictions[1].probabilities = [0.625, 0.375]
        let rows = try CSVRows(CalibrationRows.header + CalibrationRows(summary: summary(of: one)).text)
        #expect(rows.header == ["cell", "bin", "low", "high", "clips", "confidence", "accuracy"])
        #expect(rows.rows.map { $0.fields[1] } == (1...15).map { "\($0)" })
        #expect(rows.rows.map { $0.fields[4] } == (1...15).map { [10, 12].contains($0) ? "1" : "0" })
        #expect(rows.rows[0].fields == ["=a", "1", "0.0", "0.06666667", "0", "", ""])
        #expect(rows.rows[9].fields == ["=a", "10", "0.6", "0.6666667", "1", "0.625", "0.0"])
        #expect(rows.rows[11].fields == ["=a", "12", "0.73333335", "0.8", "1", "0.75", "1.0"])
    }
}
