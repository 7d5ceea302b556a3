import Testing

@testable import Reports

@Suite struct CellSummaryTests {
    @Test func poolsTheTestFolds() {
        var twoFolds = cell("a", answers: [(0, 0), (1, 0)])
        twoFolds.folds += cell("b", answers: [(1, 1)]).folds
        let summary = summary(of: twoFolds)
        #expect(summary.pooled.counts == [1, 0, 1, 1])
        #expect(summary.folds.map(\.matrix.total) == [2, 1])
        #expect(summary.isRight == [true, false, true])
    }

    @Test func speakersStandInTheOrderOfTheirNames() {
        let summary = summary(of: cell("a", answers: [(0, 0), (1, 0), (1, 1)]))
        #expect(summary.speakers.map(\.name) == ["0", "1"])
        #expect(summary.speakers.map(\.matrix.total) == [2, 1])
        #expect(summary.intervals != nil)
    }

    @Test func aSingleSpeakerHasNoInterval() {
        #expect(summary(of: cell("a", answers: [(0, 0)])).intervals == nil)
    }

    @Test func theOrderOfThePredictionsDoesNotMatter() {
        let forward = cell("a", answers: [(0, 0), (1, 0), (1, 1), (0, 1)])
        var backward = forward
        backward.folds[0].predictions.reverse()
        #expect(summary(of: forward).intervals == summary(of: backward).intervals)
    }
}
