import Evaluation
import FeatureStore
import Reports

/// The corpus divided into folds, drawn, checked for leaks and digested once for all cells that ask for the same.
final class Division: Sendable {
    let request: DivisionRequest
    /// The label of each clip of the corpus; nil where the label set leaves it out, and then no fold has it.
    let labels: [Int?]
    /// Their parts are indexes into the clips of the corpus.
    let folds: [Fold]
    /// For each fold SHA-256 over who is in which part under which label: what a training is known by.
    let members: [Digest]
    /// SHA-256 over the test clips of every fold and the clips that weights may be fitted to.
    let digest: Digest
    /// SHA-256 over who speaks which content in the whole corpus, clips that no fold has included: what standardisation by
    /// speaker looks at.
    let speakers: Digest
    /// Whether no speaker is both in the test part and among the clips that weights may be fitted to, in any fold.
    let isSpeakerIndependent: Bool

    /// Divides the clips of a corpus, which are given with its own labels.
    ///
    /// - Parameter unusable: paths of clips that the corpus has but cannot use, which a list of folds may name.
    /// - throws: `EvaluationError` for a corpus that cannot be divided so, and for leaks.
    init(_ request: DivisionRequest, of corpus: [LabelledClip], unusable: Set<String> = []) throws {
        self.request = request
        let labels = corpus.map { request.labels.label(of: $0.label) }
        let kept = corpus.indices.filter { labels[$0] != nil }
        let clips = kept.map { corpus[$0].relabelled(labels[$0] ?? 0) }
        let leftOut = unusable.union(corpus.indices.filter { labels[$0] == nil }.map { corpus[$0].path })
        let splitProtocol = try request.splitProtocol.leavingOut(leftOut)
        var folds = try splitProtocol.folds(of: clips, validation: request.validation, seed: request.seed)
        try LeakGuard.check(
            folds, clips: clips, validation: request.validation, allowSpeakerOverlap: request.allowSpeakerOverlap)
        try SpeakerBootstrap.check(folds, of: clips)
        members = folds.map { Self.members(of: $0, clips: clips) }
        speakers = Digest.of(corpus.map { "\($0.content) \($0.speaker)" }.sorted())
        digest = Self.digest(of: folds, clips: clips, under: request.splitProtocol)
        isSpeakerIndependent = folds.allSatisfy { $0.separatesSpeakers(of: clips) }
        self.labels = labels
        if kept.count < corpus.count {
            for index in folds.indices { folds[index] = folds[index].renumbered(by: kept) }
        }
        self.folds = folds
    }

    /// What a report says of it.
    var split: ReportSplit {
        ReportSplit(
            name: request.splitProtocol.name, summary: request.splitProtocol.summary, digest: digest.description,
            isSpeakerIndependent: isSpeakerIndependent)
    }

    /// How the classes come from the corpus's own, in a few words; nothing where they are the corpus's own.
    var labelWords: String {
        let untouched = try? LabelSet(of: request.labels.classes)
        return request.labels == untouched ? "" : request.labels.summary
    }

    /// The labels of some clips, none of which the label set leaves out.
    func labels(of part: [Int]) -> [Int] {
        part.map { clip in
            guard let label = labels[clip] else { preconditionFailure("expected a label for clip \(clip), found none") }
            return label
        }
    }

    private static func members(of fold: Fold, clips: [LabelledClip]) -> Digest {
        Digest.of(
            [fold.train, fold.validation, fold.test].flatMap { part in
                ["\(part.count)"] + part.flatMap { [clips[$0].content, clips[$0].speaker, "\(clips[$0].label)"] }
            })
    }

    /// SHA-256 over the contents of each fold's test clips and of the others that it uses.
    ///
    /// By content, so that a renamed clip stays in its fold; in the order of the contents, so that the corpus's own does
    /// not matter. Which of the clips not tested are held out for validation is not the protocol's doing.
    private static func digest(of folds: [Fold], clips: [LabelledClip], under protocolUsed: SplitProtocol) -> Digest {
        var texts = TextDigest()
        texts.add([protocolUsed.name, "\(folds.count)"])
        for fold in folds {
            texts.add([fold.name])
            for part in [fold.test, fold.train + fold.validation] {
                texts.add(["\(part.count)"])
                texts.add(part.map { clips[$0].content }.sorted())
            }
        }
        return texts.digest
    }
}

extension LabelledClip {
    fileprivate func relabelled(_ label: Int) -> LabelledClip {
        var clip = self
        clip.label = label
        return clip
    }
}

extension Fold {
    fileprivate func separatesSpeakers(of clips: [LabelledClip]) -> Bool {
        let tested = Set(test.map { clips[$0].speaker })
        return (train + validation).allSatisfy { !tested.contains(clips[$0].speaker) }
    }
}
