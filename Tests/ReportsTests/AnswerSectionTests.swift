import Documents
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
        #expect(text.contains("This is cell `a`, the first of 3, and no choice among them."))
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
        #expect(text([cell("a"), cell("b", seed: 1)]).contains("| 0, 1 | 100.00 ± 0.00 |"))
    }

    @Test func whatAllCellsShareIsSaidOnceAndNotInAColumn() {
        let text = text([cell("a"), cell("b", layer: "6")])
        #expect(text.contains("The first cell: layer 12; linear; seed 0. The others differ from it in `layer`."))
        #expect(text.contains("| cell | layer | UA % | WA % | macro F1 % |"))
    }

    @Test func theAxesOfAGridAreTheColumns() {
        let cells = ["none", "train"].map {
            cell($0, head: "MLP, \($0)", axes: [("protocol", "p"), ("standardize", $0)])
        }
        let text = text(cells)
        #expect(text.contains("| cell | standardize | UA % | WA % | macro F1 % |"))
        #expect(text.contains("| `train` | train | 100.00"))
    }

    @Test func controlsStandBelowTheCellsAndAreNoAnswer() {
        let text = text([cell("a"), cell("b", layer: "6"), cell("m", head: "majority class", isControl: true)])
        #expect(text.contains("| `b` | 6 | 100.00"))
        #expect(text.contains("| control: majority class |  | 100.00"))
        #expect(text.contains("the first of 2, and no choice among them."))
    }

    @Test func aLongTableIsCutAndSaysSo() {
        let text = text((0..<70).map { cell("c\($0)", layer: "\($0)") })
        #expect(text.contains("The first 60 of 70 cells in the order of the grid; all are in `metrics.csv`."))
        #expect(text.contains("| `c59` |"))
        #expect(!text.contains("| `c60` |"))
    }

    private func text(_ cells: [CellCase]) -> String {
        let section = AnswerSection(groups: groups(cells), selections: [], resampling: resampling())
        return (section.opening + section.tables()).markdown
    }
}
