import Documents
import Testing

@testable import Reports

@Suite struct SelectionTests {
    private let right: [(Int, Int)] = [(0, 0), (1, 1)]
    private let wrong: [(Int, Int)] = [(0, 1), (1, 0)]

    @Test func takesForEachFoldWhatWasBestOnItsValidationClips() throws {
        let result = try #require(results([candidate("a", [true, false]), candidate("b", [false, true])]).first)
        #expect(result.choices.map(\.candidate.cell.id) == ["a", "b"])
        #expect(result.cell.id == "selected-a")
        #expect(result.cell.layer == "chosen by uaValidation")
    }

    @Test func testClipsHaveNoSay() throws {
        // The candidate that validation prefers is wrong on every test clip.
        var good = candidate("good", [false, false])
        var bad = candidate("bad", [true, true])
        for index in good.folds.indices {
            good.folds[index].predictions = fold("f", answers: right).predictions
            bad.folds[index].predictions = fold("f", answers: wrong).predictions
        }
        let result = try #require(results([good, bad]).first)
        #expect(result.scores.uar == 0)
        #expect(result.bestOnTest.cell.id == "good")
        #expect(result.bestOnTest.scores.uar == 1)
    }

    @Test func seedsAndProtocolsAreNeverChosenAmong() {
        let cells = [
            candidate("a", [true, true]), candidate("b", [true, true], layer: "6"),
            candidate("c", [true, true], seed: 1), candidate("d", [true, true], layer: "6", seed: 1),
        ]
        #expect(results(cells).map { $0.candidates.map(\.cell.id) } == [["a", "b"], ["c", "d"]])
    }

    @Test func oneCandidateIsNoChoice() {
        #expect(results([candidate("a", [true, true])]).isEmpty)
    }

    @Test func aFoldWithoutValidationClipsHasNoChoice() {
        var cells = [candidate("a", [true, true]), candidate("b", [true, true], layer: "6")]
        for index in cells.indices { cells[index].folds[1].validation = nil }
        #expect(results(cells).isEmpty)
    }

    @Test func theSmallestLossWins() throws {
        var cells = [candidate("a", [true, true]), candidate("b", [true, true], layer: "6")]
        for (index, loss) in [2.0, 1.0].enumerated() {
            for fold in 0..<2 { cells[index].folds[fold].history = [epoch(1, validationLoss: loss)] }
        }
        let result = try #require(results(cells, by: .lossValidation).first)
        #expect(result.choices.map(\.candidate.cell.id) == ["b", "b"])
        #expect(result.choices.map(\.validationScore) == [-1, -1])
    }

    @Test func axesUnderANameBelongToIt() {
        let request = SelectionRequest(criterion: .uaValidation, axes: ["head"])
        func covers(_ name: String) -> Bool { request.covers(ReportAxis(name: name, value: "")) }
        #expect(covers("head.hidden"))
        #expect(covers("head"))
        #expect(!covers("headless"))
    }

    @Test func seedsOfTwoEncodersAreNotAveragedTogether() throws {
        let cells = ["base", "random"].flatMap { encoder in
            [UInt64(0), 1].flatMap { seed in
                ["0", "6"].map { layer in
                    var cell = candidate(layer, [encoder == "base", true], seed: seed)
                    cell.cell.id = "\(encoder)-\(layer)-\(seed)"
                    cell.cell.encoder = encoder
                    cell.cell.axes.insert(ReportAxis(name: "encoder", value: encoder), at: 0)
                    return cell
                }
            }
        }
        let lines = section(cells).blocks.markdown.split(separator: "\n").filter {
            $0.hasPrefix("Over 2 training seeds")
        }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("(base)") == true)
        #expect(lines.last?.contains("(random)") == true)
    }

    @Test func aProtocolWithoutAChoiceIsNamed() {
        var cells = [candidate("a", [true, true]), candidate("b", [true, true], layer: "6")]
        cells[1].cell.split.name = "other"
        let text = section(cells).blocks.markdown
        #expect(text.contains("Under `three-fold`, speaker-independent nothing was chosen"))
        #expect(text.contains("Under `other`, speaker-independent nothing was chosen"))
    }

    /// A cell whose folds answer their validation clips rightly or wrongly.
    private func candidate(_ id: String, _ validated: [Bool], layer: String = "12", seed: UInt64 = 0) -> CellCase {
        var candidate = cell(id, layer: id.count > 1 ? id : layer, seed: seed)
        candidate.cell.axes = [
            ReportAxis(name: "layer", value: id), ReportAxis(name: "seed", value: "\(seed)"),
        ]
        candidate.folds = validated.enumerated().map { number, isRight in
            fold("fold-\(number + 1)", answers: right, validation: isRight ? right : wrong)
        }
        return candidate
    }

    private func section(_ cells: [CellCase]) -> SelectionSection {
        SelectionSection(
            request: SelectionRequest(criterion: .uaValidation, axes: ["layer"]), results: results(cells),
            groups: groups(cells), resampling: resampling())
    }

    private func results(
        _ cells: [CellCase], by criterion: SelectionRequest.Criterion = .uaValidation
    ) -> [SelectedResult] {
        groups(cells).flatMap {
            SelectedResult.results(
                of: $0, by: SelectionRequest(criterion: criterion, axes: ["layer"]), resampling: resampling())
        }
    }
}
