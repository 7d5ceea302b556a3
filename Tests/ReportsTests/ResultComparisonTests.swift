import Evaluation
import Testing

@testable import Reports

@Suite struct ResultComparisonTests {
    private let right = Array(repeating: [(0, 0), (1, 1)], count: 6).flatMap { $0 }
    private let poor = Array(repeating: [(0, 1), (1, 1), (0, 0), (1, 0)], count: 3).flatMap { $0 }

    @Test func writesWhatIsCheckedIn() throws {
        var second = result("new/b", right)
        second.cell.head = "another"
        second.stamps = ["The speech is synthetic."]
        let comparison = try ResultComparison(result("old/a", poor), second, bootstrap: bootstrap)
        let files = Dictionary(uniqueKeysWithValues: comparison.files.map { ($0.file, $0.text) })
        try expectGolden(files, in: "compare")
    }

    @Test func whatIsPrintedNeedsNoFiles() throws {
        let text = try ResultComparison(result("a", poor), result("b", right), bootstrap: bootstrap).markdown
        #expect(text.contains("**UA 100.00 % beside 50.00 %: +50.00 points**"))
        #expect(text.contains("6 of 12 clips are answered differently: 6 now right, 0 no longer right"))
        #expect(!text.contains("!["))
    }

    @Test func theVerdictFollowsTheInterval() throws {
        #expect(try verdict(poor, right).contains("the second is better"))
        #expect(try verdict(right, poor).contains("the first is better"))
        #expect(try verdict(poor, poor).contains("The interval holds zero"))
        #expect(
            try ResultComparison(result("a", poor), result("b", poor), bootstrap: bootstrap).markdown.contains(
                "Nowhere."))
    }

    @Test func onlyClipsOfBothCountAndOtherFoldsAreSaid() throws {
        var second = result("b", right)
        second.folds[0].predictions.removeLast(2)
        second.folds[0].predictions.append(prediction("new.wav"))
        second.cell.split.digest = "others"
        let comparison = try ResultComparison(result("a", poor), second, bootstrap: bootstrap)
        #expect(comparison.common.clips.count == 10)
        #expect((comparison.common.onlyFirst, comparison.common.onlySecond) == (2, 1))
        #expect(comparison.summaries.first.pooled.total == 10)
        #expect(comparison.markdown.contains("(2 only the first, 1 only the second)"))
        #expect(comparison.markdown.contains("**Folds not known to be the same:**"))
    }

    @Test func theOrderOfTheClassesDoesNotMatter() throws {
        var turned = result("b", right)
        turned.cell.classes = ["y", "x"]
        turned.folds[0].predictions = turned.folds[0].predictions.map {
            ReportPrediction(
                clip: $0.clip, speaker: $0.speaker, label: 1 - $0.label, probabilities: $0.probabilities.reversed())
        }
        let plain = try ResultComparison(result("a", poor), result("b", right), bootstrap: bootstrap)
        #expect(try ResultComparison(result("a", poor), turned, bootstrap: bootstrap).markdown == plain.markdown)
    }

    @Test func aClipOfTwoFoldsIsKeptOnlyWhereBothHaveIt() throws {
        var (first, second) = (result("a", poor), result("b", right))
        for index in 0..<2 {
            first.folds.append(first.folds[0])
            first.folds[index].name = "fold-\(index)"
            second.folds.append(second.folds[0])
            second.folds[index].name = "fold-\(index)"
        }
        (first.folds, second.folds) = (Array(first.folds.prefix(2)), Array(second.folds.prefix(2)))
        second.folds[1].predictions.removeFirst()
        let comparison = try ResultComparison(first, second, bootstrap: bootstrap)
        #expect(comparison.summaries.first.pooled.total == 23 && comparison.summaries.second.pooled.total == 23)
        #expect(!comparison.files.isEmpty)
    }

    @Test func otherFoldsAreNoRanking() throws {
        var second = result("b", right)
        second.cell.split.digest = "others"
        let text = try ResultComparison(result("a", poor), second, bootstrap: bootstrap).markdown
        #expect(text.contains("This is no ranking") && !text.contains("is better"))
    }

    @Test func resultsThatCannotBePairedAreRefused() throws {
        let first = result("a", poor)
        var other = first
        other.cell.classes = ["y", "z"]
        expect(.classes(["x", "y"], ["y", "z"]), first, other)
        other = first
        other.cell.corpus = "other"
        expect(.corpora("", "other"), first, other)
        other = first
        other.folds[0].predictions = [prediction("new.wav")]
        expect(.noCommonClip, first, other)
        other = first
        other.folds[0].predictions[0].label = 1
        expect(.label(clip: "0.wav", "x", "y"), first, other)
        other = first
        other.folds[0].predictions[0].speaker = "someone"
        expect(.speaker(clip: "0.wav", "0", "someone"), first, other)
        other = first
        other.folds.append(other.folds[0])
        other.cell.split.digest = "others"
        expect(.testedTwice(clip: "0.wav"), first, other)
    }

    private func expect(_ fault: ComparisonFault, _ first: ComparedResult, _ second: ComparedResult) {
        #expect(throws: fault) { try ResultComparison(first, second, bootstrap: bootstrap) }
    }

    private let bootstrap = SpeakerBootstrap(draws: 200, seed: 0)

    private func verdict(_ first: [(Int, Int)], _ second: [(Int, Int)]) throws -> String {
        try ResultComparison(result("a", first), result("b", second), bootstrap: bootstrap).markdown
    }

    private func result(_ name: String, _ answers: [(Int, Int)]) -> ComparedResult {
        let one = cell("id", answers: answers)
        return ComparedResult(name: name, cell: one.cell, stamps: [], folds: one.folds)
    }

    private func prediction(_ clip: String) -> ReportPrediction {
        ReportPrediction(clip: clip, speaker: "0", label: 0, probabilities: [1, 0])
    }
}
