import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct CalibrationTests {
    @Test func equalsNumPys() throws {
        let cases = try JSONDecoder().decode(
            [CalibrationCase].self, from: Data(contentsOf: fixture("evaluation/calibration.json")))
        for expected in cases {
            let found = Calibration(expected.answers, bins: expected.bins)
            let filled = found.bins.filter { $0.clips > 0 }
            #expect(found.bins.map(\.clips) == expected.clips)
            expectClose(filled.compactMap(\.meanConfidence), to: expected.binConfidence, absolute: 1e-12)
            expectClose(filled.compactMap(\.accuracy), to: expected.binAccuracy, absolute: 1e-12)
            expectClose(
                [found.expectedError, found.meanConfidence, found.accuracy].compactMap(\.self),
                to: [expected.ece, expected.meanConfidence, expected.accuracy], absolute: 1e-12)
        }
    }

    @Test func anEdgeBelongsToTheBinOnItsLeft() {
        for bins in [1, 2, 10, 15, 20, 97] {
            let edges = (1...bins).map { Float($0) / Float(bins) }
            let atEdges = Calibration(edges.map { ($0, true) }, bins: bins)
            #expect(atEdges.bins.map(\.clips) == Array(repeating: 1, count: bins))
            let beyond = Calibration(edges.dropLast().map { ($0.nextUp, true) }, bins: bins)
            #expect(beyond.bins.map(\.clips) == [0] + Array(repeating: 1, count: bins - 1))
        }
        #expect(clips(at: 0.2) == 2)
    }

    @Test func confidenceZeroBelongsToTheFirstBinAndOneToTheLast() {
        #expect([0, .leastNonzeroMagnitude, 1].map(clips) == [0, 0, 14])
    }

    @Test func foldsAddUp() {
        let answers: [(confidence: Float, isRight: Bool)] = [
            (0.25, true), (0.5, false), (0.75, true), (0.75, false), (1, true),
        ]
        let folds = Calibration(Array(answers[..<2])) + Calibration() + Calibration(Array(answers[2...]))
        #expect(folds == Calibration(answers))
        #expect(folds.clips == 5)
        #expect(folds.accuracy == 0.6)
        #expect(folds.meanConfidence == 0.65)
    }

    @Test func certaintyThatIsAlwaysWrongIsWrongByOneAndRightByNothing() {
        #expect(Calibration([(1, false), (1, false)]).expectedError == 1)
        #expect(Calibration([(1, true), (1, true)]).expectedError == 0)
    }

    @Test func withoutClipsThereIsNothingToSay() {
        let none = Calibration(bins: 3)
        #expect(none.expectedError == nil && none.accuracy == nil && none.meanConfidence == nil)
        #expect(none.bins.allSatisfy { $0.accuracy == nil && $0.meanConfidence == nil })
    }

    @Test func whatIsNoProbabilityTraps() async {
        await #expect(processExitsWith: .failure) { _ = Calibration([(confidence: Float.nan, isRight: true)]) }
        await #expect(processExitsWith: .failure) { _ = Calibration([(confidence: Float(1).nextUp, isRight: true)]) }
    }

    @Test func otherBinsDoNotAddUp() async {
        await #expect(processExitsWith: .failure) { _ = Calibration(bins: 3) + Calibration(bins: 4) }
    }

    /// The bin of 15 in which a confidence is counted.
    private func clips(at confidence: Float) -> Int? {
        Calibration([(confidence, true)]).bins.firstIndex { $0.clips == 1 }
    }
}

/// What `calibration.json` holds; confidences are Float32 written out in full.
private struct CalibrationCase: Decodable {
    let bins: Int
    let confidence: [Double]
    let isRight: [Bool]
    let clips: [Int]
    /// Of the bins that have clips.
    let binConfidence, binAccuracy: [Double]
    let ece, meanConfidence, accuracy: Double

    var answers: [(confidence: Float, isRight: Bool)] { zip(confidence, isRight).map { (Float($0), $1) } }
}
