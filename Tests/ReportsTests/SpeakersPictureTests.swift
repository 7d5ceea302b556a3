import Drawing
import Evaluation
import Testing

@testable import Reports

@Suite struct SpeakersPictureTests {
    @Test func everySpeakerHasADotAndAllClipsALineInTheirInterval() {
        let elements = picture(cell("a", answers: [(0, 0), (1, 0), (0, 0), (1, 1)])).elements
        #expect(
            elements.filter { $0.hasPrefix("<g") } == [
                "<g><title>0: 2 of 2 clips right, 100.0 %</title>", "<g><title>1: 1 of 2 clips right, 50.0 %</title>",
            ])
        #expect(elements.count { $0.hasPrefix("<line class=\"control\"") } == 1)
        #expect(elements.count { $0.hasPrefix("<rect class=\"band\"") } == 2)
    }

    @Test func oneSpeakerHasNoBand() {
        let elements = picture(cell("a", answers: [(0, 0)])).elements
        #expect(!elements.contains { $0.contains("class=\"band\"") })
    }

    @Test func descriptionSaysTheNumbersAfterTheStamps() {
        let document = picture(cell("a", answers: [(0, 0), (1, 0)]), stamps: ["Synthetic."])
        #expect(
            document.description
                == "Synthetic. Protocol three-fold, speaker-independent. WA over all clips 50.0 %, its "
                + "interval 0.0 to 100.0 %. 0 100.0 %, 1 0.0 %.")
    }

    @Test func ofManySpeakersTheLowestAreShownByName() {
        var many = cell("a")
        many.folds[0].predictions = (10..<75).flatMap { speaker in
            (0..<10).map { number in
                ReportPrediction(
                    clip: "\(number)", speaker: "s\(speaker)", label: 0,
                    probabilities: number < speaker % 10 ? [1, 0] : [0, 1])
            }
        }
        let document = picture(many)
        let tips = document.elements.filter { $0.hasPrefix("<g") }
        #expect(tips.count == 60)
        #expect(tips == tips.sorted())
        #expect(!tips.contains { $0.contains(">s29:") } && tips.contains { $0.contains(">s74:") })
        #expect(document.elements.contains { $0.contains("the 60 of 65 speakers with the lowest WA<") })
        #expect(document.description.contains("The 60 of 65 speakers with the lowest WA. s10 0.0 %,"))
    }

    private func picture(_ cell: CellCase, stamps: [String] = []) -> SVGDocument {
        SpeakersPicture(summary: summary(of: cell), stamps: stamps).document
    }
}
