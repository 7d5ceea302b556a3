import Documents
import Testing

@testable import Reports

@Suite struct LeftOutSectionTests {
    @Test func aReportOfTheWholeGridHasNone() {
        #expect(LeftOutSection(cells: []).blocks.isEmpty)
    }

    @Test func aCellIsNamedWithItsFoldsAndTheFirstReason() {
        #expect(
            LeftOutSection(cells: [cell("ab|c", axes: [ReportAxis(name: "batch", value: "8")])]).blocks.markdown
                .contains(
                    """
                    1 cell of the grid could not be trained: numbers that are not finite came up. No figure here is of it.

                    | cell | what it is | folds | first reason |
                    | :-- | :-- | :-- | :-- |
                    | `ab\\|c` | batch 8 | f1, f2 | epoch 1: a loss of nan |
                    """))
    }

    @Test func aCellOfAGridWithoutAxesIsDescribedByItsHead() {
        let text = LeftOutSection(cells: [cell("a", axes: []), cell("b", axes: [])]).blocks.markdown
        #expect(text.contains("| `a` | MLP 16 | f1, f2 |"))
        #expect(
            text.contains("2 cells of the grid could not be trained") && text.contains("No figure here is of them."))
    }

    private func cell(_ id: String, axes: [ReportAxis]) -> LeftOutCell {
        LeftOutCell(
            id: id, axes: axes, head: "MLP 16",
            folds: [
                LeftOutCell.Fold(name: "f1", reason: "epoch 1: a loss of nan"),
                LeftOutCell.Fold(name: "f2", reason: "epoch 2: other"),
            ])
    }
}
