import Drawing
import Testing

@testable import Reports

@Suite struct ConfusionDifferencePictureTests {
    private let before = cell("a", answers: [(0, 0), (0, 0), (0, 1), (1, 0), (1, 1)])
    private let after = cell("b", layer: "6", answers: [(0, 1), (0, 1), (0, 1), (1, 0), (1, 1)])

    @Test func fieldsSayTheChangeWithItsSignAndBothCounts() {
        let elements = document.elements
        #expect(texts("count") == ["−2", "+2", "0", "0"])
        #expect(texts("share") == ["2 → 0", "1 → 3", "1 → 1", "1 → 1"])
        #expect(elements.count { $0.contains("class=\"fewer\"") && $0.contains("56") } == 1)
        #expect(elements.count { $0.contains("class=\"more\"") && $0.contains("fill-opacity=\"0.000\"") } == 2)
    }

    @Test func tipsAndDescriptionSayItInWords() {
        #expect(document.elements.contains { $0.contains(">x answered as y: 1 clip under a, 3 under b, 2 more<") })
        #expect(document.elements.contains { $0.contains(">y answered as x: 1 clip under a, 1 under b<") })
        #expect(
            document.description
                == "Synthetic. Protocol three-fold, speaker-independent. Clips that b answers otherwise "
                + "than a, by label. x: 2 fewer as x, 2 more as y. y: no change.")
    }

    @Test func equalAnswersHaveNoColour() {
        let same = ConfusionDifferencePicture(first: summary(of: before), second: summary(of: before), stamps: [])
        let fields = same.document.elements.filter { $0.hasPrefix("<rect class=\"more\"") && $0.contains("56") }
        #expect(fields.count == 4 && fields.allSatisfy { $0.contains("fill-opacity=\"0.000\"") })
    }

    @Test func idsOfTwoCellsStayDistinct() {
        #expect(document.id == "difference-a--b")
    }

    @Test func otherClipsTrap() async {
        await #expect(processExitsWith: .failure) {
            let (one, other) = (cell("a", answers: [(0, 0)]), cell("b", answers: [(1, 1)]))
            _ = ConfusionDifferencePicture(first: summary(of: one), second: summary(of: other), stamps: []).document
        }
    }

    private var document: SVGDocument {
        ConfusionDifferencePicture(first: summary(of: before), second: summary(of: after), stamps: ["Synthetic."])
            .document
    }

    private func texts(_ style: String) -> [String] {
        document.elements.filter { $0.contains("class=\"\(style)\"") }.compactMap { element in
            element.split(separator: ">").dropFirst().first?.split(separator: "<").first.map(String.init)
        }
    }
}
