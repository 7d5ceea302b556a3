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

    private func blocks(_ cells: [ReportCell], stamps: [String] = []) -> String {
        let report = Report(title: "t", question: "", stamps: stamps, classes: ["x", "y"], cells: cells)
        return Stamps(report: report).blocks.joined()
    }
}
