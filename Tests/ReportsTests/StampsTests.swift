import Documents
import Testing

@testable import Reports

@Suite struct StampsTests {
    @Test func aReportWithoutWarningsHasNone() {
        #expect(blocks([cell("a")]).isEmpty)
    }

    @Test func givenStampsStandFirst() {
        let text = blocks([cell("a", isSpeakerIndependent: false)], stamps: ["An encoder of *noise*."])
        #expect(text.hasPrefix("> **An encoder of \\*noise\\*.**\n>\n> **Speaker-dependent.** "))
    }

    @Test func namesTheCellsIfNotAllAreConcerned() {
        let cells = [cell("a"), cell("b", isSpeakerIndependent: false), cell("c", isSpeakerIndependent: false)]
        #expect(blocks(cells).hasPrefix("> **Speaker-dependent** in `b`, `c`. The head was trained on"))
    }

    @Test func transductiveCellsAreStamped() {
        #expect(blocks([cell("a", isTransductive: true)]).hasPrefix("> **Transductive.** Test clips,"))
    }

    @Test func manyConcernedCellsAreCountedNotListed() {
        let cells = (0..<13).map { cell("r\($0)", protocolName: "random", isSpeakerIndependent: false) }
        #expect(
            blocks(cells + [cell("a")]).hasPrefix(
                "> **Speaker-dependent** in 13 of 14 cells (protocol `random`); `cells.csv` says which."))
    }

    private func blocks(_ cells: [CellCase], stamps: [String] = []) -> String {
        Stamps(stamps: stamps, cells: cells.map(\.cell)).blocks.markdown
    }
}
