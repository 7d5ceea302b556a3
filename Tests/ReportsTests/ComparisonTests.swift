import Testing

@testable import Reports

@Suite struct ComparisonTests {
    private let right: [(Int, Int)] = [(0, 0), (1, 1), (0, 0), (1, 1)]
    private let half: [(Int, Int)] = [(0, 0), (1, 0), (0, 0), (1, 0)]

    @Test func differencesAreSecondMinusFirstOnTheSameClips() throws {
        let one = try #require(comparisons([cell("a", answers: half), cell("b", layer: "6", answers: right)]).first)
        #expect(one.paired.uar.difference == 0.5)
        #expect(one.paired.mcnemar.onlySecondRight == 2)
        #expect(one.paired.mcnemar.onlyFirstRight == 0)
        #expect(one.paired.mcnemar.pValue == 0.5)
    }

    @Test func everyPairOfAProtocolIsComparedAndNoneAcrossProtocols() {
        let cells = [
            cell("a"), cell("b", layer: "6"), cell("c", isTransductive: true), cell("d", protocolName: "random"),
            cell("e", protocolName: "random", layer: "6"), cell("m", isControl: true),
        ]
        #expect(pairs(cells) == ["a b", "a c", "a m", "b c", "b m", "c m", "d e"])
    }

    @Test func otherClassesAreNotCompared() {
        #expect(pairs([cell("a"), cell("b", classes: ["x", "z"])]).isEmpty)
    }

    @Test func manyCellsAreComparedWithTheFirstUnlessAllAreAskedFor() {
        let cells = (0..<25).map { cell("c\($0)", layer: "\($0)") }
        #expect(pairs(cells).count == 24)
        #expect(pairs(cells, as: .all).count == 300)
        #expect(pairs(Array(cells.prefix(24))).count == 276)
        #expect(pairs(Array(cells.prefix(3)), as: .first) == ["c0 c1", "c0 c2"])
        #expect(pairs(Array(cells.prefix(3)), as: .with(cell: "c1")) == ["c1 c0", "c1 c2"])
    }

    @Test func holmCountsEveryComparison() {
        let cells = [
            cell("a", answers: half), cell("b", layer: "6", answers: right), cell("c", layer: "7", answers: half),
        ]
        let found = comparisons(cells)
        #expect(found.map(\.paired.mcnemar.pValue) == [0.5, 1, 0.5])
        #expect(found.map(\.adjustedP) == [1, 1, 1])
    }

    private func comparisons(_ cells: [CellCase], as request: ComparisonRequest = .automatic) -> [CellComparison] {
        CellComparison.comparisons(in: groups(cells), as: request, resampling: resampling())
    }

    private func pairs(_ cells: [CellCase], as request: ComparisonRequest = .automatic) -> [String] {
        comparisons(cells, as: request).map { "\($0.first.cell.id) \($0.second.cell.id)" }
    }
}
