import Drawing
import Evaluation

/// Draws the speakers once for all cells, so that intervals are quick and any two cells are drawn alike.
final class SpeakerResampling {
    let bootstrap: SpeakerBootstrap
    private var draws: [Int: SpeakerDraws] = [:]
    /// Scores under each draw by the counts that they are of: curves and pairs ask for a cell's several times.
    private var kept: [[[Int]]: ScoreReplicates] = [:]
    /// About 24 bytes a draw each, so 24 MB in all; cells beyond are worked out each time, so that memory stays flat.
    private var mostKept: Int { 1_000_000 / bootstrap.draws }

    init(_ bootstrap: SpeakerBootstrap) { self.bootstrap = bootstrap }

    /// The scores under each draw, or nil with fewer than two speakers.
    func replicates(of speakers: [SpeakerMatrix]) -> ScoreReplicates? {
        guard let drawing = drawing(of: speakers) else { return nil }
        let counts = speakers.map(\.matrix.counts)
        if let known = kept[counts] { return known }
        let replicates = bootstrap.replicates(of: speakers.map(\.matrix), drawing: drawing)
        if kept.count < mostKept { kept[counts] = replicates }
        return replicates
    }

    /// The intervals of each class's scores, or nil with fewer than two speakers.
    func classIntervals(of speakers: [SpeakerMatrix]) -> [ClassIntervals]? {
        drawing(of: speakers).map { bootstrap.classIntervals(of: speakers.map(\.matrix), drawing: $0) }
    }

    private func drawing(of speakers: [SpeakerMatrix]) -> SpeakerDraws? {
        guard speakers.count > 1 else { return nil }
        let drawn = draws[speakers.count] ?? bootstrap.drawing(speakers: speakers.count)
        draws[speakers.count] = drawn
        return drawn
    }

    /// The intervals of the scores, or nil with fewer than two speakers.
    func intervals(of speakers: [SpeakerMatrix]) -> ScoreIntervals? {
        replicates(of: speakers)?.intervals(confidence: bootstrap.confidence)
    }

    /// UA under each draw, averaged over cells that differ by training seed only; nil with fewer than two speakers.
    func meanUAR(of cells: [CellSummary]) -> [Double]? {
        let each = cells.compactMap { replicates(of: $0.speakers)?.uar }
        guard let first = each.first, each.count == cells.count else { return nil }
        return first.indices.map { draw in each.reduce(0) { $0 + $1[draw] } / Double(each.count) }
    }

    /// The interval that holds the middle of some values.
    func interval(of values: [Double]) -> Interval { Interval(holding: bootstrap.confidence, of: values) }

    /// An interval to stand behind its figure in a sentence; nothing where there is none.
    func words(of interval: Interval?) -> String {
        guard let interval else { return "" }
        let ends = "\(percent(interval.low, digits: 1)) to \(percent(interval.high, digits: 1))"
        return " (\(percent(bootstrap.confidence, digits: 0)) % interval \(ends))"
    }

    /// What the brackets of a table mean.
    var meaning: String {
        "\(percent(bootstrap.confidence, digits: 0)) % intervals, percentiles of \(bootstrap.draws) draws of the test "
            + "speakers with replacement"
    }
}
