import Testing

@testable import Reports

@Suite struct FiguresTests {
    @Test func aSingleSpeakerStandsWithoutBrackets() {
        #expect(Figures(summary(of: cell("a", answers: [(0, 0)]))).cells == ["100.00", "100.00", "100.00"])
    }

    @Test func severalSeedsGiveMeanAndDeviation() {
        let cells = [cell("a", answers: [(0, 0), (1, 1)]), cell("b", answers: [(0, 0), (1, 0)])]
        #expect(Figures(over: cells.map { summary(of: $0) }).cells[1] == "75.00 ± 35.36")
    }

    @Test func whatWasNotPublishedIsADash() {
        let published = PublishedResult(source: "s", protocolName: "p", protocolSummary: "q", accuracy: 0.9531)
        #expect(Figures(published).cells == ["–", "95.31", "–"])
    }

    @Test func deviationDividesByOneLess() {
        let spread = MeanAndDeviation(of: [1, 2, 3, 4])
        #expect(spread.mean == 2.5)
        #expect(abs(spread.deviation - 1.290_994_448_735_805_6) <= 1e-15)
    }
}
