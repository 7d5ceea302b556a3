import Foundation
import Testing

@testable import Reports

@Suite struct ClipAnswersTests {
    private struct Known: Decodable {
        struct Cell: Decodable {
            let classes: [String]
            let folds: [String]
            let rows: [[Int]]
        }

        let links: [[String]]
        let paths: [String]
        let speakers: [String]
        let cells: [String: Cell]
    }

    @Test func everyAnswerHasItsClipFoldLabelAndShares() throws {
        var answers = ClipAnswers(links: [CorpusLink(prefix: "", link: "../corpus/")])
        var first = cell("a", answers: [(0, 0), (1, 0)])
        first.folds[0].predictions[1].probabilities = [0.61234, 0.38766]
        answers.add(first.cell, first.folds)
        answers.add(cell("b").cell, cell("b", answers: [(0, 1)]).folds)
        let known = try decoded(answers)
        #expect(known.links == [["", "../corpus/"]])
        #expect(known.paths == ["0.wav", "1.wav"])
        #expect(known.speakers == ["0", "1"])
        #expect(known.cells["a"]?.rows == [[0, 0, 0, 0, 10_000, 0], [1, 0, 1, 0, 6123, 3877]])
        #expect(known.cells["b"]?.rows == [[0, 0, 0, 1, 0, 10_000]])
        #expect(known.cells["b"]?.classes == ["x", "y"] && known.cells["b"]?.folds == ["fold-1"])
    }

    @Test func cellsThatWouldMakeThePageSlowAreLeftOut() throws {
        var answers = ClipAnswers(links: [])
        let many = cell("many", answers: Array(repeating: (0, 0), count: ClipAnswers.most + 1))
        answers.add(many.cell, many.folds)
        answers.add(cell("few").cell, cell("few").folds)
        #expect(try decoded(answers).cells.keys.sorted() == ["few"])
        #expect(try decoded(answers).links.isEmpty)
    }

    private func decoded(_ answers: ClipAnswers) throws -> Known {
        try JSONDecoder().decode(Known.self, from: Data(answers.json.utf8))
    }
}
