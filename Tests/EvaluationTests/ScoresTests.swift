import Evaluation
import Foundation
import TestSupport
import Testing

@Suite struct ScoresTests {
    @Test func equalScikitLearnAbsentClassesIncluded() throws {
        let cases = try JSONDecoder().decode(
            [ScoresCase].self, from: Data(contentsOf: fixture("evaluation/scores.json")))
        #expect(cases.count > 40)
        for expected in cases {
            let matrix = ConfusionMatrix(
                labels: expected.labels, predictions: expected.predictions, classes: expected.classes)
            let scores = Scores(matrix)
            #expect(matrix.counts == expected.counts)
            #expect(distance(scores.headline, expected.headline) <= 1e-12)
            #expect(distance(scores.perClass.map(\.precision), expected.precision) <= 1e-12)
            #expect(distance(scores.perClass.map(\.recall), expected.recall) <= 1e-12)
            #expect(distance(scores.perClass.map(\.f1), expected.f1) <= 1e-12)
            #expect(scores.perClass.map(\.support) == expected.support)
        }
    }

    @Test func casesCoverClassesAbsentFromLabelsFromPredictionsAndFromBoth() throws {
        let cases = try JSONDecoder().decode(
            [ScoresCase].self, from: Data(contentsOf: fixture("evaluation/scores.json")))
        func occurs(_ condition: (Set<Int>, Set<Int>, Int) -> Bool) -> Bool {
            cases.contains { one in
                (0..<one.classes).contains { condition(Set(one.labels), Set(one.predictions), $0) }
            }
        }
        #expect(occurs { labels, predictions, index in !labels.contains(index) && predictions.contains(index) })
        #expect(occurs { labels, predictions, index in labels.contains(index) && !predictions.contains(index) })
        #expect(occurs { labels, predictions, index in !labels.contains(index) && !predictions.contains(index) })
    }
}

private struct ScoresCase: Decodable {
    let classes: Int
    let labels, predictions, support, counts: [Int]
    let accuracy, uar, macroF1, microF1, weightedF1: Double
    let precision, recall, f1: [Double]

    var headline: [Double] { [accuracy, uar, macroF1, microF1, weightedF1] }
}

extension Scores {
    fileprivate var headline: [Double] { [accuracy, uar, macroF1, microF1, weightedF1] }
}

/// The largest absolute difference; infinite for different counts, not a number where one is not.
func distance(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).reduce(0) { $0.isNaN ? $0 : maximum($0, abs($1.0 - $1.1)) }
}

private func maximum(_ left: Double, _ right: Double) -> Double { right <= left ? left : right }
