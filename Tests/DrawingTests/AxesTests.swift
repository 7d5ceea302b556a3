import Testing

@testable import Drawing

@Suite struct AxesTests {
    @Test func numbersOfTheYAxisAreMultipliedAndPlacedByTheirValue() {
        var document = SVGDocument(id: "p", width: 200, height: 100, title: "", description: "")
        let axes = Axes(
            x: LinearScale(domain: 1...2, pixels: (0, 100)), y: LinearScale(domain: 0...1, pixels: (100, 0)),
            xName: "epoch", yName: "accuracy, %", yFactor: 100)
        axes.draw(on: &document)
        #expect(document.elements.contains("<text class=\"note\" x=\"-7\" y=\"24\" text-anchor=\"end\">80</text>"))
        #expect(axes.point(2, 0.25) == Point(x: 100, y: 75))
    }

    @Test func aChartThatSharesItsXAxisHasNeitherNumbersNorNameThere() {
        var document = SVGDocument(id: "p", width: 200, height: 100, title: "", description: "")
        let axes = Axes(
            x: LinearScale(domain: 0...1, pixels: (0, 100)), y: LinearScale(domain: 0...1.5, pixels: (100, 0)),
            xName: "",
            yName: "clips", mostTicks: 0, mostYTicks: 3, smallestYStep: 1)
        axes.draw(on: &document)
        let texts = document.elements.filter { $0.hasPrefix("<text") }
        #expect(texts.map { $0.contains(">0<") || $0.contains(">1<") || $0.contains(">clips<") } == [true, true, true])
    }
}
