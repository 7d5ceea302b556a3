/// Trains on some corpora and tests on another, one fold a tested corpus.
///
/// Without `train` and `test` each corpus is tested once and all others are trained on; `train` alone is tested on each of
/// the others; `test` alone is tested with all others trained on; both are one fold, of which further corpora are no part.
struct CrossCorpus: Splitter {
    /// The corpus trained on; nil for all that are not tested.
    let train: String?
    /// The corpus tested; nil for each that is not trained on.
    let test: String?

    let name = "cross-corpus"
    /// By declaration; ``LeakGuard`` holds it to that where corpora name one speaker alike.
    let isSpeakerIndependent = true

    var summary: String {
        switch (train, test) {
        case (nil, nil): "Each corpus is tested once, by heads trained on all others; labels are those that all have."
        case (let train?, nil): "Trained on \(train), tested on each other corpus; labels are those that all have."
        case (nil, let test?): "Trained on all other corpora, tested on \(test); labels are those that all have."
        case (let train?, let test?): "Trained on \(train), tested on \(test); labels are those that both have."
        }
    }

    func foldCount(of clips: [LabelledClip]) -> Int { Set(clips.lazy.map(\.corpus)).count }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        let corpora = clips.map(\.corpus).uniqued()
        try check(corpora)
        let tested = test.map { [$0] } ?? corpora.filter { $0 != train }
        return tested.map { tested in
            Fold(
                name: tested, train: clips.indices.filter { isTrained(clips[$0].corpus, testing: tested) },
                test: clips.indices.filter { clips[$0].corpus == tested })
        }
    }

    /// Which of some corpora the folds have clips of.
    func involved(of corpora: [String]) -> [String] {
        guard let train, let test else { return corpora }
        return corpora.filter { $0 == train || $0 == test }
    }

    private func isTrained(_ corpus: String, testing tested: String) -> Bool {
        corpus != tested && (train ?? corpus) == corpus
    }

    private func check(_ corpora: [String]) throws {
        guard corpora.count > 1 else { throw EvaluationError.oneCorpus(protocolName: name) }
        let unknown = [train, test].compactMap { $0 }.filter { !corpora.contains($0) }
        guard unknown.isEmpty else {
            throw EvaluationError.unknownCorpora(unknown, corpora: corpora, protocolName: name)
        }
        if let train, train == test { throw EvaluationError.sameCorpus(train, protocolName: name) }
    }
}
