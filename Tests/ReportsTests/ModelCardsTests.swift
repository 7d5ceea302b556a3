import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct ModelCardsTests {
    @Test func writesWhatIsCheckedIn() throws { try expectGolden(["two-folds.md": card()], in: "cards") }

    @Test func warningsStandBeforeEverythingElseAndOnlyWhereTheyHold() {
        var source = source
        source.corpus.stamp = "Synthetic speech."
        var head = head
        (head.encoder.standing, head.scaling) = (.untrained, .speaker)
        let marked = cards(
            head, of: cell("a", isSpeakerIndependent: false, isTransductive: true), source: source)[0]
        let stamps = marked.split(separator: "\n").filter { $0.hasPrefix("> **") }.map { $0.prefix(25) }
        #expect(
            stamps == [
                "> **Synthetic speech.**", "> **Untrained encoder: it", "> **Speaker-dependent: th",
                "> **Transductive: the fig",
            ])
        #expect(marked.contains("| speakers | speaker-dependent |"))
        #expect(!card().contains("> **"))
        head.encoder.standing = .unrecognised
        #expect(cards(head, of: cell("a"))[0].contains("> **The encoder's weights are not a published checkpoint"))
    }

    @Test func fewerThanTenSpeakersHaveNoInterval() throws {
        let few = "Fewer than 10 are too few speakers for an interval: it would come out too narrow."
        let brackets = "In brackets: 95 % intervals, percentiles of 100 draws of the test speakers with replacement."
        let nine = cards(head, of: spoken(by: [Array(0..<9)]))[0]
        #expect(nine.contains("| fold `fold-1` | 18 | 9 | 66.67 | 66.67 | 66.67 |"), "\(nine)")
        #expect(nine.contains("| all folds of cell `a` | 18 | 9 | 66.67 | 66.67 | 66.67 |"))
        #expect(nine.contains("\n\n\(few)\n\n") && !nine.contains("In brackets"))
        let two = cards(head, of: spoken(by: [Array(0..<4), Array(4..<10)]))
        for text in two {
            #expect(try #require(text.firstMatch(of: /\| fold `fold-\d` .*\|/)?.0).contains("[") == false)
            #expect(text.firstMatch(of: /\| all folds of cell `a` \| 20 \| 10 \| 65\.00 \[\d/) != nil, "\(text)")
            #expect(text.contains("\n\n\(brackets) \(few)\n\n"))
        }
        let ten = cards(head, of: spoken(by: [Array(0..<10)]))[0]
        #expect(ten.firstMatch(of: /\| fold `fold-1` \| 20 \| 10 \| 65\.00 \[\d/) != nil, "\(ten)")
        #expect(ten.contains("\n\n\(brackets)\n\n"))
    }

    @Test func theCalibrationErrorIsThatOfAllFolds() {
        var two = cell("a", answers: [(0, 0), (1, 1), (0, 0)])
        two.folds.append(fold("fold-2", answers: [(0, 1)]))
        for text in cards(head, of: two) {
            #expect(text.contains("(ECE) over all folds: 25.00 %, in 15 bins of equal width."), "\(text)")
        }
    }

    @Test func aClassWithoutTestClipsHasNoRecall() {
        #expect(cards(head, of: cell("a", answers: [(0, 0), (0, 1)]))[0].contains("| y | – | 0 | – | 0 |"))
    }

    @Test func theHeadsOwnFoldAndTheWholeCellAreToldApart() {
        var two = cell("a", answers: [(0, 0), (1, 1)])
        two.folds.append(fold("fold-2", answers: [(0, 1), (1, 0), (0, 0), (1, 1)]))
        let texts = cards(head, of: two)
        #expect(texts[0].contains("| fold `fold-1` | 2 | 2 | 100.00"))
        #expect(texts[1].contains("| fold `fold-2` | 4 | 2 | 50.00"))
        for text in texts { #expect(text.contains("| all folds of cell `a` | 6 | 2 | 66.67")) }
        #expect(texts[1].contains("| x | 50.00 | 2 | 66.67 | 3 |"))
    }

    @Test(arguments: [
        (
            CardHead.Input.layer, "12", "hidden state 12 of 0 to 12, the mean over the clip's frames: 4 numbers",
            "x = states[:, 12]"
        ),
        (
            .concatenation, "0-2",
            "hidden states 0, 1, 2 of 0 to 12, the mean over the clip's frames, one behind the other: 12 numbers",
            "x = states[:, [0, 1, 2]].flatten(1)"
        ),
        (
            .average, "0-2",
            "hidden states 0, 1, 2 of 0 to 12, the mean over the clip's frames, their average: 4 numbers",
            "x = states[:, [0, 1, 2]].mean(1)"
        ),
        (
            .weightedSum, "0-2", "their sum under learned weights (`mix.weight`, 3 × 4): 4 numbers",
            "x = (x * tensors.pop(\"mix.weight\")).sum(1)"
        ),
    ])
    func everyInputIsSaidInWordsAndInPyTorch(input: CardHead.Input, layer: String, words: String, line: String) {
        var head = head
        head.input = input
        let text = cards(head, of: cell("a", layer: layer))[0]
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("\n\(line)\n"), "\(text)")
        let width = input == .concatenation ? 12 : 4
        #expect(
            text.contains("torch.nn.Linear(\(width), 3), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(3, 2)")
        )
    }

    @Test func aHeadStandardisedBySpeakerSaysWhatComesFirst() {
        var head = head
        head.scaling = .speaker
        let text = cards(head, of: cell("a"))[0]
        #expect(text.contains("to be done before the head is asked"))
        #expect(text.contains("--encoder DIR --one-speaker AUDIO.wav MORE.wav"))
        #expect(text.contains("for speaker in set(speakers):"))
        #expect(!card().contains("--one-speaker"))
    }

    @Test func anotherEncodersHeadIsNotGivenTheExportedEmbeddings() {
        var head = head
        head.encoder.isExported = false
        let text = cards(head, of: cell("a"))[0]
        #expect(text.contains("`timbre embed --encoder DIR --output states.npz AUDIO…`"))
        #expect(text.contains("numpy.load(\"states.npz\")[\"embeddings\"]"))
        #expect(!text.contains("../embeddings.npz"))
    }

    @Test func namesAreQuotedForTheShellAndForPython() {
        var head = head
        head.file = "a-Bob's \"own\".safetensors"
        let text = cards(head, of: cell("a"))[0]
        #expect(text.contains("--head 'a-Bob'\\''s \"own\".safetensors' --encoder"))
        #expect(text.contains("load_file(\"a-Bob's \\\"own\\\".safetensors\")"))
    }

    @Test func manyTestSpeakersAreCounted() {
        var crowd = cell("a", answers: Array(repeating: (0, 0), count: 70))
        for index in 0..<70 { crowd.folds[0].predictions[index].speaker = "s\(100 + index)" }
        let text = cards(head, of: crowd)[0]
        #expect(text.contains("70 clips of 70 speakers: s100, s101,"))
        #expect(text.contains(", s159 and 10 others |"))
    }

    /// A cell with a fold for each list of speakers, of each of whom a clip of class x and one of class y are asked about;
    /// every third clip is answered wrongly.
    private func spoken(by folds: [[Int]]) -> CellCase {
        var found = cell("a")
        found.folds = folds.enumerated().map { index, speakers in
            let answers = (0..<2 * speakers.count).map { clip in (clip % 2, clip % 3 == 0 ? 1 - clip % 2 : clip % 2) }
            var made = fold("fold-\(index + 1)", answers: answers)
            for clip in made.predictions.indices {
                made.predictions[clip].speaker = "\(speakers[clip / 2])"
            }
            return made
        }
        return found
    }

    private func card() -> String {
        var two = cell(
            "a1", layer: "12", head: "MLP 3, AdamW 0.01", seed: 7, answers: [(0, 0), (1, 1), (0, 1), (1, 1)],
            history: [epoch(1), epoch(2)])
        two.folds.append(fold("fold-2", answers: [(0, 1), (1, 0)], history: [epoch(1)]))
        return cards(head, of: two)[0]
    }

    private func cards(_ head: CardHead, of cellCase: CellCase, source: CardSource? = nil) -> [String] {
        ModelCards(source ?? self.source, bootstrap: SpeakerBootstrap(draws: 100, seed: 0))
            .cards(of: cellCase.folds.map { _ in head }, cell: cellCase.cell, folds: cellCase.folds)
    }

    private let source = CardSource(
        software: "Timbre 1", pipeline: "pipe",
        corpus: CardCorpus(
            name: "Voices", clips: 6, speakers: 2, digest: "c0ffee", licence: "CC0", citation: "Doe (2020)",
            limits: ["It is small."]))

    private let head = CardHead(
        file: "a1-fold-1.safetensors",
        encoder: CardEncoder(
            origin: "made by someone", standing: .published, digest: "beef", recipe: "rate 16000", states: 13,
            hidden: 4,
            isExported: true),
        input: .layer, scaling: .train, hidden: [3], dropout: 0.5, train: CardHead.Part(clips: 20, speakers: 5),
        validation: CardHead.Part(clips: 0, speakers: 0))
}
