import Documents
import Testing

@testable import Reports

@Suite struct LayerWeightsTableTests {
    @Test func weightsStandUnderTheNumbersOfTheirLayers() {
        var some = cell("a", layer: "weighted sum of 3, 9")
        some.cell.layers = [3, 9]
        some.folds[0].layerWeights = [0.25, 0.75]
        #expect(
            LayerWeightsTable(cells: [summary(of: some)]).text
                == "cell,fold,layer,weight\na,fold-1,3,0.25\na,fold-1,9,0.75\n")
        let section = LayerSection(curves: [], groups: groups([some, cell("b")]), resampling: resampling())
        let text = section.blocks.markdown
        #expect(text.contains("| protocol | layer | variant | heads | 3 | 9 |"))
        #expect(text.contains("| 1 | 25.00 | 75.00 |"))
    }

    @Test func withoutLearnedWeightsThereIsNothing() {
        #expect(LayerWeightsTable(cells: [summary(of: cell("a"))]).text.isEmpty)
        #expect(LayerSection(curves: [], groups: groups([cell("a")]), resampling: resampling()).blocks.isEmpty)
    }
}
