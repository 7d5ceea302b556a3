import Documents
import Evaluation
import Testing

@testable import Reports

@Suite struct AxisCurveTests {
    private let right: [(Int, Int)] = [(0, 0), (1, 1), (0, 0), (1, 1)]
    private let half: [(Int, Int)] = [(0, 0), (1, 0), (0, 0), (1, 0)]

    @Test func numbersAscendAndWordsKeepTheOrderOfTheGrid() {
        #expect(
            curves(["1e-3", "256", "5e-2"].map { point($0, hidden: $0) }).map(\.values) == [["1e-3", "5e-2", "256"]])
        let words = curves(["train", "256", "none"].map { point($0, hidden: $0) })
        #expect(words.map(\.values) == [["train", "256", "none"]])
        #expect(words.map(\.isNumeric) == [false])
    }

    @Test func layerSeedAndAxesOfOneValueHaveNoCurve() {
        let cells = ["0", "1", "2"].flatMap { layer in
            [UInt64(0), 1].map { seed in
                cell(
                    "\(layer)-\(seed)", layer: layer, seed: seed,
                    axes: [("layer", layer), ("seed", "\(seed)"), ("batch", "16"), ("labels.drop", "calm")])
            }
        }
        #expect(curves(cells).isEmpty)
    }

    @Test func settingsAreMeansOverSeedsAndTheMeanIsOverSettings() throws {
        let cells = [
            point("a", hidden: "64", answers: right), point("b", hidden: "64", seed: 1, answers: half),
            point("c", hidden: "128", answers: right), point("d", hidden: "128", seed: 1, answers: right),
            point("e", hidden: "64", dropout: "0.5", answers: half),
            point("f", hidden: "128", dropout: "0.5", answers: right),
        ]
        let curve = try #require(curves(cells).first)
        #expect(curve.axis == "head.hidden")
        #expect(curve.settings.map(\.name) == ["head.dropout 0", "head.dropout 0.5"])
        #expect(curve.settings.map(\.uar) == [[0.75, 1], [0.5, 1]])
        #expect(curve.means.map(\.uar) == [0.625, 1])
        #expect(curve.means.map(\.cells) == [3, 3])
    }

    @Test func intervalsAreThoseOfTheMeanDrawByDraw() throws {
        let cells = [
            point("a", hidden: "64", answers: half), point("b", hidden: "128", answers: right),
            point("c", hidden: "64", dropout: "0.5", answers: right),
            point("d", hidden: "128", dropout: "0.5", answers: half),
            point("e", hidden: "64", dropout: "0.5", seed: 1, answers: [(0, 1), (1, 1), (0, 0), (1, 1)]),
        ]
        let curve = try #require(curves(cells).first)
        let resampling = resampling()
        let means = try [[0], [2, 4]].map { setting in
            try #require(resampling.meanUAR(of: setting.map { summary(of: cells[$0]) }))
        }
        let expected = resampling.interval(of: zip(means[0], means[1]).map { 0.5 * $0 + 0.5 * $1 })
        #expect(curve.means[0].interval == expected)
        #expect(expected.low < expected.high)
        let alone = [point("a", hidden: "64", answers: [(0, 0)]), point("b", hidden: "128", answers: [(0, 0)])]
        #expect(curves(alone).first?.means.map { $0.interval == nil } == [true, true])
    }

    @Test func onlySettingsWithEveryValueEnterTheMean() throws {
        let cells = [
            point("a", hidden: "64", answers: half), point("b", hidden: "128", answers: half),
            point("c", hidden: "64", dropout: "0.5", answers: right),
        ]
        let curve = try #require(curves(cells).first { $0.axis == "head.hidden" })
        #expect(curve.means.map(\.uar) == [0.5, 0.5])
        #expect(curve.settings.map(\.uar) == [[0.5, 0.5], [1, nil]])
    }

    @Test func settingsThatShareNoValueHaveNoCurve() {
        #expect(curves([point("a", hidden: "64"), point("b", hidden: "128", dropout: "0.5")]).isEmpty)
    }

    @Test func encodersAreAnAxisLikeOthers() throws {
        let cells = ["base", "random"].map { cell($0, encoder: $0, axes: [("encoder", $0)]) }
        #expect(curves(cells).map(\.values) == [["base", "random"]])
    }

    @Test func filesAreNumberedWhereSeveralProtocolsHaveTheAxis() {
        let one = [point("a", hidden: "64"), point("b", hidden: "128")]
        #expect(curves(one).map(\.file) == ["axis-head.hidden.svg"])
        #expect(curves(one).map(\.pageID) == ["axis-head-2ehidden"])
        let other = one.map {
            cell("\($0.cell.id)x", protocolName: "loso", axes: $0.cell.axes.map { ($0.name, $0.value) })
        }
        #expect(curves(one + other).map(\.file) == ["axis-head.hidden-1.svg", "axis-head.hidden-2.svg"])
        #expect(Set(curves(one + other).map(\.pageID)).count == 2)
    }

    private func point(
        _ id: String, hidden: String, dropout: String = "0", seed: UInt64 = 0, answers: [(Int, Int)] = [(0, 0), (1, 1)]
    ) -> CellCase {
        cell(
            id, head: "MLP \(hidden), dropout \(dropout)", seed: seed, answers: answers,
            axes: [("head.hidden", hidden), ("head.dropout", dropout), ("seed", "\(seed)")])
    }

    private func curves(_ cells: [CellCase]) -> [AxisCurve] {
        AxisCurve.curves(over: groups(cells), stamps: [], resampling: resampling())
    }
}
