import Evaluation
import Testing

@testable import Reports

@Suite struct AnswerSectionTests {
    @Test func everyProtocolHasATableOfItsOwn() {
        let text = text([
            cell("a"), cell("b", protocolName: "random", isSpeakerIndependent: false), cell("c", layer: "6"),
        ])
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("### ") }
        #expect(headings == ["### `three-fold`, speaker-independent", "### `random`, speaker-dependent"])
        #expect(text.contains("This is cell `a`, the first of 3."))
    }

    @Test func intervalsOfSpeakerDependentCellsSayWhatTheyAre() {
        #expect(text([cell("a")]).contains("how far a figure would move with other speakers"))
        #expect(
            text([cell("a", isSpeakerIndependent: false)]).contains("These speakers were trained on too: the intervals")
        )
    }

    @Test func aSingleTestSpeakerHasNoInterval() {
        let text = text([cell("a", answers: [(0, 0)])])
        #expect(text.contains("There are no intervals"))
        #expect(text.contains("**UA 100.00 %**, WA 100.00 %, macro F1 100.00 %: protocol `three-fold`"))
    }

    @Test func seedsAreAveragedOnlyWhereThereAreSeveral() {
        #expect(!text([cell("a"), cell("b", layer: "6")]).contains("±"))
        #expect(text([cell("a"), cell("b", seed: 1)]).contains("| 12 | linear | 0, 1 | 100.00 ± 0.00 |"))
    }

    private func text(_ cells: [ReportCell]) -> String {
        let summaries = cells.map { summary(of: $0) }
        let section = AnswerSection(
            groups: ProtocolGroup.groups(of: summaries), first: summaries[0],
            bootstrap: SpeakerBootstrap(draws: 20, seed: 0))
        return section.blocks.joined(separator: "\n\n")
    }
}
