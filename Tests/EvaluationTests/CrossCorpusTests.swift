import Testing

@testable import Evaluation

@Suite struct CrossCorpusTests {
    /// Two clips of each of three corpora.
    private let clips = ["a", "b", "c"].flatMap { corpus in
        (0...1).map { number in
            LabelledClip(
                path: "\(corpus)/\(number)", content: "\(corpus)\(number)", speaker: "\(corpus)/\(number)",
                label: number,
                corpus: corpus)
        }
    }

    @Test func eachCorpusIsTestedOnceByAllOthers() throws {
        let folds = try SplitProtocol.crossCorpus().folds(of: clips, validation: .none, seed: 0)
        #expect(
            folds == [
                Fold(name: "a", train: [2, 3, 4, 5], test: [0, 1]),
                Fold(name: "b", train: [0, 1, 4, 5], test: [2, 3]),
                Fold(name: "c", train: [0, 1, 2, 3], test: [4, 5]),
            ])
    }

    @Test func oneCorpusIsTestedOnEachOther() throws {
        let folds = try SplitProtocol.crossCorpus(train: "b").folds(of: clips, validation: .none, seed: 0)
        #expect(
            folds == [Fold(name: "a", train: [2, 3], test: [0, 1]), Fold(name: "c", train: [2, 3], test: [4, 5])])
    }

    @Test func oneTestedCorpusIsOneFold() throws {
        let folds = try SplitProtocol.crossCorpus(test: "c").folds(of: clips, validation: .none, seed: 0)
        #expect(folds == [Fold(name: "c", train: [0, 1, 2, 3], test: [4, 5])])
    }

    @Test func ofTwoNamedCorporaAThirdIsNoPart() throws {
        let both = SplitProtocol.crossCorpus(train: "a", test: "c")
        #expect(
            try both.folds(of: clips, validation: .none, seed: 0) == [Fold(name: "c", train: [0, 1], test: [4, 5])])
        #expect(both.comparedCorpora(of: ["a", "b", "c"]) == ["a", "c"])
        #expect(SplitProtocol.crossCorpus(train: "a").comparedCorpora(of: ["a", "b", "c"]) == ["a", "b", "c"])
        #expect(SplitProtocol.leaveOneSpeakerOut.comparedCorpora(of: ["a", "b"]) == nil)
    }

    @Test func validationSpeakersComeOutOfTheCorpusTrainedOn() throws {
        let folds = try SplitProtocol.crossCorpus(train: "b", test: "a").folds(
            of: clips + clips.map { $0.renamed("more") }, validation: .speakers(1), seed: 3)
        #expect(folds[0].validation.count == 1 && folds[0].train.count == 3)
        #expect((folds[0].validation + folds[0].train).allSatisfy { ($0 % 6) / 2 == 1 })
    }

    @Test func whatCannotBeComparedIsRefused() {
        func folds(_ splitProtocol: SplitProtocol, of clips: [LabelledClip]) throws {
            _ = try splitProtocol.folds(of: clips, validation: .none, seed: 0)
        }
        #expect(throws: EvaluationError.oneCorpus(protocolName: "cross-corpus")) {
            try folds(.crossCorpus(), of: Array(clips.prefix(2)))
        }
        #expect(
            throws: EvaluationError.unknownCorpora(["d"], corpora: ["a", "b", "c"], protocolName: "cross-corpus")
        ) { try folds(.crossCorpus(train: "d"), of: clips) }
        #expect(throws: EvaluationError.sameCorpus("a", protocolName: "cross-corpus")) {
            try folds(.crossCorpus(train: "a", test: "a"), of: clips)
        }
    }
}

extension LabelledClip {
    fileprivate func renamed(_ suffix: String) -> LabelledClip {
        LabelledClip(
            path: path + suffix, content: content + suffix, speaker: speaker + suffix, label: label, corpus: corpus)
    }
}
