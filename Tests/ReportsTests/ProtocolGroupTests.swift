import Testing

@testable import Reports

@Suite struct ProtocolGroupTests {
    @Test func cellsOfDifferentProtocolsAreNeverInOneGroup() {
        let cells = [
            cell("a"), cell("b", protocolName: "random"), cell("c"), cell("d", isTransductive: true),
            cell("e", isSpeakerIndependent: false),
        ]
        #expect(ids(groups(cells)) == [["a", "c"], ["b"], ["d"], ["e"]])
    }

    @Test func variantsGatherTheSeeds() {
        let cells = [cell("a"), cell("b", layer: "6"), cell("c", seed: 1)]
        #expect(groups(cells).flatMap(\.variants).map { $0.map(\.cell.id) } == [["a", "c"], ["b"]])
    }

    @Test func headingNamesTheConditions() {
        #expect(
            groups([cell("a", isTransductive: true)]).map(\.heading) == [
                "`three-fold`, speaker-independent, transductive"
            ])
    }

    @Test func cellsThatDifferOnAnyAxisButTheSeedAreNoSeedsOfOneVariant() {
        let cells = ["3", "5"].flatMap { patience in
            [UInt64(0), 1].map { seed in
                cell(
                    "\(patience)-\(seed)", seed: seed,
                    axes: [("earlyStopping.patience", patience), ("seed", "\(seed)")])
            }
        }
        #expect(groups(cells).flatMap(\.variants).map { $0.map(\.cell.id) } == [["3-0", "3-1"], ["5-0", "5-1"]])
    }

    @Test func foldsOfOneNameThatDifferAreTwoGroups() {
        var other = cell("b")
        other.cell.split.digest = "other folds"
        #expect(ids(groups([cell("a"), other])) == [["a"], ["b"]])
    }

    @Test func otherClassesAreAnotherQuestion() {
        #expect(ids(groups([cell("a"), cell("b", classes: ["x", "z"])])) == [["a"], ["b"]])
    }

    @Test func controlsGoToEveryGroupOfTheirDivision() {
        let cells = [
            cell("a"), cell("b", isTransductive: true), cell("c", protocolName: "random"), cell("m", isControl: true),
        ]
        let groups = groups(cells)
        #expect(ids(groups) == [["a"], ["b"], ["c"]])
        #expect(groups.map { $0.controls.map(\.cell.id) } == [["m"], ["m"], []])
    }

    private func ids(_ groups: [ProtocolGroup]) -> [[String]] { groups.map { $0.cells.map(\.cell.id) } }
}
