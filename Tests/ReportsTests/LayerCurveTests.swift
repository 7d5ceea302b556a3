import Testing

@testable import Reports

@Suite struct LayerCurveTests {
    private let half: [(Int, Int)] = [(0, 0), (1, 0)]

    @Test func threeLayersMakeACurveAndTwoDoNot() {
        #expect(layerCurve(of: ["0", "1"].map { cell($0, layer: $0) }) == nil)
        #expect(layerCurve(of: ["0", "1", "2"].map { cell($0, layer: $0) })?.numbers == [0, 1, 2])
    }

    @Test func pointsAreMeansOverSeedsInTheOrderOfTheLayers() throws {
        let cells = ["2", "0", "1"].flatMap { layer in
            [cell("\(layer)a", layer: layer), cell("\(layer)b", layer: layer, seed: 1, answers: half)]
        }
        let series = try #require(layerCurve(of: cells)?.series.first)
        #expect(series.layers.map(\.layer) == ["0", "1", "2"])
        #expect(series.layers.allSatisfy { $0.uar == 0.75 && $0.seeds == [1, 0.5] && $0.interval != nil })
    }

    @Test func whatIsNoSingleLayerStandsApart() throws {
        let cells = ["0", "1", "2", "weighted sum of all"].map { cell($0, layer: $0) }
        let curve = try #require(layerCurve(of: cells))
        #expect(curve.otherNames == ["weighted sum of all"])
        #expect(curve.series[0].others.map(\.number) == [nil])
    }

    @Test func encodersAreLinesOfTheirOwnAndControlsGoAcross() throws {
        let cells = ["base", "random"].flatMap { encoder in
            ["0", "1", "2"].map { cell(encoder + $0, encoder: encoder, layer: $0, axes: [("encoder", encoder)]) }
        }
        let curve = try #require(layerCurve(of: cells + [cell("m", head: "majority class", isControl: true)]))
        #expect(curve.series.map(\.name) == ["base", "random"])
        let document = LayerCurvePicture(curve: curve, number: 0).document
        #expect(document.elements.contains { $0.hasPrefix("<line class=\"control\"") })
        #expect(document.elements.count { $0.hasPrefix("<circle class=\"series1 dot\"") } == 3)
        #expect(document.description.contains("base: 0 100.0 %"))
    }

    private func layerCurve(of cells: [CellCase]) -> LayerCurve? {
        LayerCurve(groups(cells)[0], stamps: [], resampling: resampling())
    }
}
