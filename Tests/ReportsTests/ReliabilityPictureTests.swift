import Drawing
import Evaluation
import Testing

@testable import Reports

@Suite struct ReliabilityPictureTests {
    /// Bins of a quarter: two clips in the first, none in the next two, two in the last.
    private let calibration = Calibration([(0.125, false), (0.25, true), (0.875, true), (1, true)], bins: 4)

    @Test func everyBinThatHasClipsHasADotAndAColumn() {
        let elements = document.elements
        let groups = elements.filter { $0.hasPrefix("<g") }
        #expect(
            groups == [
                "<g><title>Confidence 0.0 to 25.0 %: 2 clips, mean 18.8 %, 50.0 % right</title>",
                "<g><title>Confidence 75.0 to 100.0 %: 2 clips, mean 93.8 %, 100.0 % right</title>",
            ])
        #expect(elements.count { $0.hasPrefix("<rect class=\"heat\"") } == 2)
    }

    @Test func dotsAndColumnsShareTheAxisOfConfidence() {
        let elements = document.elements
        // 330 pixels from 56 on: the first bin's mean is 0.1875, its column goes from 0 to a quarter.
        #expect(elements.contains("<circle class=\"series0 dot\" cx=\"117.88\" cy=\"271\" r=\"4\"/>"))
        #expect(elements.contains("<rect class=\"heat\" x=\"56\" y=\"482\" width=\"82.5\" height=\"70\"/>"))
        #expect(elements.contains("<line class=\"control\" x1=\"56\" y1=\"436\" x2=\"386\" y2=\"106\"/>"))
    }

    @Test func theErrorStandsBelowTheTitleAndInWords() {
        let summary = "ECE 18.8 %, mean confidence 56.3 %, WA 75.0 %"
        #expect(document.elements.contains { $0.contains(">\(summary), 4 clips<") })
        #expect(
            document.description.hasPrefix(
                "Synthetic. Protocol three-fold, speaker-independent. \(summary). Confidence"))
    }

    @Test func aCellsCalibrationIsThatOfItsAnswers() {
        let one = summary(of: cell("a", answers: [(0, 0), (1, 0)]))
        #expect(one.calibration == Calibration([(1, true), (1, false)]))
        var several = cell("b", answers: [(0, 0)])
        several.folds.append(fold("fold-2", answers: [(1, 0)]))
        #expect(summary(of: several).calibration == one.calibration)
    }

    private var document: SVGDocument {
        ReliabilityPicture(cell: cell("a").cell, calibration: calibration, stamps: ["Synthetic."]).document
    }
}
