import Drawing
import Testing

@testable import Reports

@Suite struct ConfusionMatrixPictureTests {
    @Test func eachFieldHasItsCountAndItsShareOfTheRow() {
        let document = picture(cell("a", answers: [(0, 0), (0, 0), (0, 1), (1, 1)]))
        #expect(texts(document, "count") == ["2", "1", "0", "1"])
        #expect(texts(document, "share") == ["67 %", "33 %", "0 %", "100 %"])
    }

    @Test func aRowWithoutClipsHasNoShares() {
        let document = picture(cell("a", answers: [(0, 0)]))
        #expect(texts(document, "share") == ["100 %", "0 %", "–", "–"])
    }

    @Test func tipsSayTheFieldInWords() {
        let elements = picture(cell("a", answers: [(0, 0), (0, 0), (0, 1)])).elements
        #expect(elements.contains { $0.contains("<title>x answered as y: 1 clip, 33.3 % of 3</title>") })
        #expect(elements.contains { $0.contains("<title>y answered as x: 0 clips</title>") })
    }

    @Test func longNamesAreTurnedAndStayWithinThePicture() {
        let long = picture(cell("a", classes: ["disappointment and grief", "joy"]))
        #expect(texts(long, "name").contains("disappointment and…"))
        #expect(long.elements.contains { $0.contains("rotate(-40 ") })
        #expect(!picture(cell("a")).elements.contains { $0.contains("rotate(-40 ") })
        #expect(long.width > picture(cell("a")).width - 1)
    }

    @Test func descriptionSaysTheMatrixInWordsAfterTheStamps() {
        let document = picture(cell("a", isSpeakerIndependent: false), stamps: ["Synthetic."])
        #expect(
            document.description == "Synthetic. Protocol three-fold, speaker-dependent. "
                + "x was answered as: 1 x, 0 y. y was answered as: 0 x, 1 y.")
    }

    private func picture(_ cell: CellCase, stamps: [String] = []) -> SVGDocument {
        ConfusionMatrixPicture(summary: summary(of: cell), stamps: stamps).document
    }

    private func texts(_ document: SVGDocument, _ style: String) -> [String] {
        document.elements.filter { $0.contains("class=\"\(style)\"") }.compactMap { element in
            element.split(separator: ">").dropFirst().first?.split(separator: "<").first.map(String.init)
        }
    }
}
