import Drawing
import Testing

@testable import Reports

@Suite struct CurvesPictureTests {
    @Test func oneFoldHasOneCurveOfEachKindAndOneRingAPanel() {
        let elements = picture(histories: [[epoch(1, validationLoss: 2), epoch(2, validationLoss: 1)]])
        #expect(curves(elements, "train").count == 2)
        #expect(curves(elements, "validation").count == 1)
        #expect(curves(elements, "train fold").isEmpty)
        #expect(rings(elements).count == 2)
    }

    @Test func theMeanEndsWhereTheFirstFoldEnds() {
        let elements = picture(histories: [(1...3).map { epoch($0) }, (1...5).map { epoch($0) }])
        #expect(curves(elements, "train fold").map(pointCount) == [3, 5, 3, 5])
        #expect(curves(elements, "train").map(pointCount) == [3, 3])
    }

    @Test func lossesThatAreNotFiniteAreLeftOut() {
        let elements = picture(histories: [
            [epoch(1, validationLoss: 2), epoch(2, validationLoss: .nan), epoch(3, validationLoss: .infinity)] + [
                epoch(4, validationLoss: 1)
            ]
        ])
        #expect(curves(elements, "validation").map(pointCount) == [2])
        #expect(!elements.contains { $0.contains("–,") || $0.contains("nan") })
    }

    @Test func aSingleEpochIsADot() {
        let elements = picture(histories: [[epoch(1)]])
        #expect(curves(elements, "train").isEmpty)
        #expect(elements.contains { $0.hasPrefix("<circle class=\"train\"") })
    }

    @Test func descriptionTellsTheEpochKeptOfEachFold() {
        let description = document(histories: [[epoch(1), epoch(2)]]).description
        #expect(
            description
                == "Protocol three-fold, speaker-independent. fold-1: 2 epochs, epoch 1 kept, training loss 1.000.")
    }

    private func document(histories: [[ReportEpoch]]) -> SVGDocument {
        var several = cell("a")
        several.folds = histories.enumerated().map { number, history in
            var fold = several.folds[0]
            fold.name = "fold-\(number + 1)"
            fold.history = history
            return fold
        }
        return CurvesPicture(summary: summary(of: several), histories: several.folds, stamps: []).document
    }

    /// The elements of the panels, without the legend, which comes last.
    private func picture(histories: [[ReportEpoch]]) -> [String] {
        document(histories: histories).elements.filter { !$0.contains("350") }
    }

    private func curves(_ elements: [String], _ style: String) -> [String] {
        elements.filter { $0.hasPrefix("<polyline class=\"\(style)\"") }
    }

    private func rings(_ elements: [String]) -> [String] {
        elements.filter { $0.hasPrefix("<circle class=\"kept\"") }
    }

    private func pointCount(_ polyline: String) -> Int { polyline.count { $0 == "," } }
}
