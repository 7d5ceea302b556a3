import Documents
import Testing

@testable import Reports

@Suite struct DetailSectionTests {
    @Test func aClassWithoutClipsIsInTheTable() {
        #expect(text(cell("a", classes: ["x", "y", "z"])).contains("| z | 0.00 | – | 0.00 | 0 |"))
    }

    @Test func confusionsAreWords() {
        let text = text(cell("a", answers: [(0, 0), (0, 1), (0, 0), (1, 1)]))
        #expect(text.contains("- 1 of 3 x clips was taken for y (33.3 %)."))
    }

    @Test func withoutConfusionsItSaysSo() {
        #expect(text(cell("a")).contains("No clip was taken for another class."))
    }

    @Test func withoutHistoryThereAreNoCurves() {
        #expect(!text(cell("a")).contains("curves-a.svg"))
        #expect(text(cell("a", history: [epoch(1)])).contains("](curves-a.svg)"))
    }

    @Test func ofManySpeakersTheLowestAreShown() {
        var many = cell("a")
        many.folds[0].predictions = (0..<30).map { number in
            ReportPrediction(
                clip: "\(number)", speaker: "s\(10 + number)", label: 0, probabilities: number < 25 ? [1, 0] : [0, 1])
        }
        let text = text(many)
        #expect(text.contains("The 24 of 30 speakers with the lowest WA."))
        #expect(text.contains("| s39 | 1 | 0.00 | 0.00 |"))
        #expect(!text.contains("| s34 |"))
    }

    private func text(_ cell: CellCase) -> String {
        let detail = CellDetail(
            summary(of: cell), folds: cell.folds, classIntervals: nil, report: Report(title: "t", question: ""),
            resampling: resampling(),
            isPictured: true)
        return detail.blocks.markdown
    }
}
