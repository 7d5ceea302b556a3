import Evaluation

/// Which cells of a report are compared; only cells that test the same clips under one protocol ever are.
public enum ComparisonRequest: Sendable, Equatable {
    /// Every pair where a protocol has at most 24 cells, else each with the protocol's first.
    case automatic
    /// Every pair.
    case all
    /// Each with the first of its protocol.
    case first
    /// Each with this cell.
    case with(cell: String)
}

/// Two cells on the same test clips.
struct CellComparison {
    let first: CellSummary
    let second: CellSummary
    let paired: PairedComparison
    /// McNemar's p adjusted for all comparisons of the report (Holm).
    let adjustedP: Double

    /// The comparisons asked for, in the order of the grid; controls are never the first of a pair.
    static func comparisons(
        in groups: [ProtocolGroup], as request: ComparisonRequest, resampling: SpeakerResampling
    ) -> [CellComparison] {
        let compared = grouped(groups, by: { DivisionKey($0.cells[0].cell) }).flatMap { groups in
            let cells = groups.flatMap(\.cells) + groups[0].controls
            return comparisons(among: cells, as: request, resampling: resampling)
        }
        let adjusted = holmAdjusted(compared.map(\.paired.mcnemar.pValue))
        return zip(compared, adjusted).map { CellComparison(first: $0.0, second: $0.1, paired: $0.2, adjustedP: $1) }
    }

    private typealias Compared = (first: CellSummary, second: CellSummary, paired: PairedComparison)

    private static func comparisons(
        among cells: [CellSummary], as request: ComparisonRequest, resampling: SpeakerResampling
    ) -> [Compared] {
        let pairs = pairs(among: cells, as: request)
        let isOneToMany = Set(pairs.map(\.0)).count == 1
        // Every cell's draws are kept for pairs of all; against one cell, only that one's.
        var kept: [Int: PairedResult] = [:]
        return pairs.map { first, second in
            let one = kept[first] ?? cells[first].pairedResult(resampling)
            kept[first] = one
            let other = kept[second] ?? cells[second].pairedResult(resampling)
            if !isOneToMany { kept[second] = other }
            return (
                cells[first], cells[second],
                PairedComparison(first: one, second: other, confidence: resampling.bootstrap.confidence)
            )
        }
    }

    /// The indexes of the cells to compare.
    private static func pairs(among cells: [CellSummary], as request: ComparisonRequest) -> [(Int, Int)] {
        let points = cells.indices.filter { !cells[$0].cell.isControl }
        switch request {
        case .all: return allPairs(points, among: cells)
        case .automatic where points.count <= 24: return allPairs(points, among: cells)
        case .automatic, .first: return cells.indices.dropFirst().map { (0, $0) }
        case .with(let id):
            guard let reference = points.first(where: { cells[$0].cell.id == id }) else { return [] }
            return cells.indices.filter { $0 != reference }.map { (reference, $0) }
        }
    }

    private static func allPairs(_ points: [Int], among cells: [CellSummary]) -> [(Int, Int)] {
        points.flatMap { first in cells.indices.filter { $0 > first }.map { (first, $0) } }
    }
}

extension CellSummary {
    fileprivate func pairedResult(_ resampling: SpeakerResampling) -> PairedResult {
        PairedResult(
            speakers: speakers.map(\.matrix), isRight: isRight, replicates: resampling.replicates(of: speakers))
    }
}
