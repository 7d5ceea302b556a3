import Evaluation
import Testing

@testable import Reports

@Suite struct SpeakerResamplingTests {
    @Test func cellsOnTheSameSpeakersAreDrawnAlike() throws {
        let resampling = resampling()
        let first = try #require(resampling.replicates(of: speakers([(0, 0), (1, 0)])))
        let second = try #require(resampling.replicates(of: speakers([(0, 1), (1, 1)])))
        #expect(first.drawing == second.drawing)
        #expect(first.accuracy != second.accuracy)
    }

    @Test func intervalsAreThoseOfTheBootstrapAlone() {
        let speakers = speakers([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
        let bootstrap = SpeakerBootstrap(draws: 100, seed: 0)
        #expect(resampling().intervals(of: speakers) == bootstrap.intervals(of: speakers.map(\.matrix)))
    }

    @Test func seedsAreAveragedDrawByDraw() throws {
        let cells = [cell("a", answers: [(0, 0), (1, 1)]), cell("b", answers: [(0, 0), (1, 0)])].map { summary(of: $0) }
        let resampling = resampling()
        let mean = try #require(resampling.meanUAR(of: cells))
        let each = try cells.map { try #require(resampling.replicates(of: $0.speakers)).uar }
        #expect(zip(mean, zip(each[0], each[1])).allSatisfy { $0 == ($1.0 + $1.1) / 2 })
    }

    @Test func classesAreDrawnAsScoresAre() throws {
        let speakers = speakers([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
        let bootstrap = SpeakerBootstrap(draws: 100, seed: 0)
        let drawing = try #require(resampling().replicates(of: speakers)).drawing
        #expect(
            resampling().classIntervals(of: speakers)
                == bootstrap.classIntervals(of: speakers.map(\.matrix), drawing: drawing))
    }

    @Test func oneSpeakerHasNoReplicates() {
        #expect(resampling().classIntervals(of: speakers([(0, 0)])) == nil)
        #expect(resampling().replicates(of: speakers([(0, 0)])) == nil)
        #expect(resampling().meanUAR(of: [summary(of: cell("a", answers: [(0, 0)]))]) == nil)
    }

    private func speakers(_ answers: [(Int, Int)]) -> [SpeakerMatrix] {
        summary(of: cell("a", answers: answers)).speakers
    }
}
