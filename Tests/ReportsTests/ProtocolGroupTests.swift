import Testing

@testable import Reports

@Suite struct ProtocolGroupTests {
    @Test func cellsOfDifferentProtocolsAreNeverInOneGroup() {
        let cells = [
            cell("a"), cell("b", protocolName: "random"), cell("c"), cell("d", isTransductive: true),
            cell("e", isSpeakerIndependent: false),
        ]
        #expect(ids(ProtocolGroup.groups(of: cells.map { summary(of: $0) })) == [["a", "c"], ["b"], ["d"], ["e"]])
    }

    @Test func variantsGatherTheSeeds() {
        let cells = [cell("a"), cell("b", layer: "6"), cell("c", seed: 1)]
        let groups = ProtocolGroup.groups(of: cells.map { summary(of: $0) })
        #expect(groups.flatMap(\.variants).map { $0.map(\.cell.id) } == [["a", "c"], ["b"]])
    }

    @Test func headingNamesTheConditions() {
        let groups = ProtocolGroup.groups(of: [summary(of: cell("a", isTransductive: true))])
        #expect(groups.map(\.heading) == ["`three-fold`, speaker-independent, transductive"])
    }

    private func ids(_ groups: [ProtocolGroup]) -> [[String]] { groups.map { $0.cells.map(\.cell.id) } }
}
