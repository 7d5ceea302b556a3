import Documents
import Testing

@testable import Reports

@Suite struct AxisSectionTests {
    @Test func everyAxisHasItsPictureAndItsTable() {
        let text = section([point("a", "none", "16"), point("b", "train", "16", answers: [(0, 0), (1, 0)])])
        #expect(
            text.hasPrefix(
                """
                ## Over the head and its training

                ### `standardize`: `three-fold`, speaker-independent

                ![UA over standardize](axis-standardize.svg)

                | value | mean UA % | interval | cells |
                | :-- | --: | --: | --: |
                | none | 100.00 | [100.0, 100.0] | 1 |
                | train | 50.00 | [
                """))
        #expect(text.contains("Mean UA over the one setting of the other axes that has every value, each the mean"))
    }

    @Test func settingsThatLackAValueAreCounted() {
        let cells = [
            point("a", "none", "16"), point("b", "train", "16"), point("c", "none", "32"), point("d", "train", "32"),
            point("e", "none", "64"),
        ]
        #expect(section(cells).contains("over the 2 settings of the other axes that have every value, of 3 in all,"))
    }

    @Test func withoutACompleteSettingThereIsNoTable() {
        let text = section([point("a", "x", "16"), point("b", "y", "16"), point("c", "z", "32")])
        #expect(text.contains("(axis-standardize.svg)\n\nNo setting of the other axes has every value"))
        #expect(!text.contains("| value |"))
    }

    @Test func withoutAxesThereIsNoSection() {
        #expect(section([cell("a")]).isEmpty)
    }

    private func point(
        _ id: String, _ standardize: String, _ batch: String, answers: [(Int, Int)] = [(0, 0), (1, 1)]
    ) -> CellCase {
        cell(id, answers: answers, axes: [("standardize", standardize), ("batch", batch)])
    }

    private func section(_ cells: [CellCase]) -> String {
        let resampling = resampling()
        let curves = AxisCurve.curves(over: groups(cells), stamps: [], resampling: resampling)
        return AxisSection(curves: curves, resampling: resampling).blocks.markdown
    }
}
