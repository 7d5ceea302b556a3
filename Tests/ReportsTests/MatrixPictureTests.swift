import Drawing
import Testing

@testable import Reports

@Suite struct MatrixPictureTests {
    @Test func eachFieldIsAGroupThatNamesItsClassesByIndex() {
        let elements = picture(["joy & fun", "grief"]).elements
        let groups = elements.filter { $0.hasPrefix("<g") }
        #expect(
            groups
                == [(0, 0), (0, 1), (1, 0), (1, 1)].map { label, predicted in
                    "<g data-label=\"\(label)\" data-predicted=\"\(predicted)\"><title>tip \(label)&gt;\(predicted)</title>"
                })
        #expect(elements.count { $0 == "</g>" } == 4)
    }

    @Test func aLegendTakesRoomOfItsOwn() {
        let legend = Legend([(.field("more"), "more")])
        #expect(picture(["x", "y"], legend: legend).height == picture(["x", "y"]).height + 22)
    }

    @Test func longTitlesStayWithinThePicture() {
        let title = String(repeating: "w", count: 80)
        #expect(picture(["x"], title: title).width >= textWidth(title, size: 15) + 32)
    }

    private func picture(_ classes: [String], title: String = "", legend: Legend? = nil) -> SVGDocument {
        MatrixPicture(
            id: "m", title: title, description: "", classes: classes, facts: ["a fact"], note: "", legend: legend,
            field: { label, predicted in
                MatrixPicture.Field(
                    style: "heat", opacity: 0.5, number: "1", detail: "50 %", tip: "tip \(label)>\(predicted)")
            }
        ).document
    }
}
