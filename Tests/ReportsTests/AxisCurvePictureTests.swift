import Drawing
import Testing

@testable import Reports

@Suite struct AxisCurvePictureTests {
    @Test func eachSettingIsThinAndTheirMeanBoldWithItsIntervals() throws {
        let elements = try picture(settings: 3).elements
        let settings = elements.filter { $0.hasPrefix("<g") }
        #expect(settings.count == 3)
        #expect(settings[0] == "<g><title>batch 0: 100.0 %, 50.0 %</title>")
        #expect(elements.count { $0.hasPrefix("<polyline class=\"series0\"") } == 2)
        #expect(elements.count { $0.hasPrefix("<line class=\"series0 bar\"") } == 2)
        #expect(elements.count { $0.hasPrefix("<circle class=\"series0 dot\"") } == 2)
    }

    @Test func wordsAreJoinedFaintly() throws {
        let elements = try picture(values: ["true", "false"], settings: 1).elements
        #expect(elements.count { $0.hasPrefix("<polyline class=\"series0 faint\"") } == 1)
        #expect(elements.contains { $0.contains(">false</text>") })
    }

    @Test func theOnlySettingIsDrawnOnce() throws {
        #expect(try picture(settings: 1).elements.allSatisfy { !$0.contains("setting") })
    }

    @Test func descriptionListsEachValuesMean() throws {
        let description = try picture(settings: 2).description
        #expect(
            description.hasPrefix(
                "Synthetic. Protocol three-fold, speaker-independent. Mean UA over 2 settings of the other axes: 64 100.0 % "
                    + "(interval 100.0 to 100.0 %), 128 50.0 % (interval"))
    }

    @Test func moreSettingsThanCanBeToldApartAreCut() throws {
        let document = try picture(settings: 130)
        #expect(document.elements.count { $0.hasPrefix("<g") } == 120)
        #expect(document.elements.contains { $0.contains("The first 120 of 130 settings.<") })
    }

    @Test func controlsGoAcrossAndLongNamesStayWithin() throws {
        let control = cell("m", head: String(repeating: "long ", count: 20), isControl: true)
        let document = try picture(values: [String(repeating: "v", count: 40), "w"], settings: 1, and: [control])
        #expect(document.elements.contains { $0.hasPrefix("<line class=\"control\"") })
        #expect(document.elements.contains { $0.contains(">\(String(repeating: "v", count: 23))…<") })
        #expect(document.elements.contains { $0.contains(">long long long…<") })
    }

    private func picture(
        values: [String] = ["64", "128"], settings: Int, and others: [CellCase] = []
    ) throws -> SVGDocument {
        let cells = (0..<settings).flatMap { setting in
            values.enumerated().map { index, value in
                cell(
                    "\(setting)-\(index)", answers: index == 0 ? [(0, 0), (1, 1)] : [(0, 0), (1, 0)],
                    axes: [("head.hidden", value), ("batch", "\(setting)")])
            }
        }
        let curves = AxisCurve.curves(over: groups(cells + others), stamps: ["Synthetic."], resampling: resampling())
        return AxisCurvePicture(curve: try #require(curves.first)).document
    }
}
