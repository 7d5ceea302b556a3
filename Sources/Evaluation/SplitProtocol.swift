/// A way to divide a corpus into training and test clips, by the name that stage files and reports use.
public enum SplitProtocol: Sendable, Hashable {
    /// The six speaker-disjoint RAVDESS folds of the EmoBox benchmark.
    case emobox6Fold
    /// One fold a speaker, who alone is tested.
    case leaveOneSpeakerOut
    /// `k` seeded folds of whole speakers, balanced by sex.
    case speakerKFold(k: Int = 5)
    /// The one RAVDESS fold of Pepino et al.: actors 23 and 24 are tested, 21 and 22 validated on.
    case pepino2324
    /// One random division stratified by label; speakers are on both sides.
    case randomStratified(testFraction: Double = 0.2)
    /// `k` random folds stratified by label, in which every clip is tested once; speakers are on both sides.
    case randomKFold(k: Int = 5)
    /// One fold a tested corpus, of a pipeline with several: trained on one or all others, tested on one or each.
    case crossCorpus(train: String? = nil, test: String? = nil)
    /// Folds of one's own, speaker-independent by declaration; ``names`` does not have it.
    case listed(ListedFolds)

    /// The protocol that stage files call `name`, with its default parameters.
    ///
    /// Throws ``EvaluationError/unknownProtocol(_:)``.
    public init(named name: String) throws {
        guard let match = Self.all.first(where: { $0.name == name }) else {
            throw EvaluationError.unknownProtocol(name)
        }
        self = match
    }

    /// The names that ``init(named:)`` knows.
    public static let names = all.map(\.name)

    /// The name in stage files and reports.
    public var name: String { splitter.name }

    /// One sentence for the report: who is tested, who is trained on.
    public var summary: String { splitter.summary }

    /// Whether no test speaker is ever trained on.
    public var isSpeakerIndependent: Bool { splitter.isSpeakerIndependent }

    /// More folds than this are none: a column of file names was taken for folds or for speakers.
    public static let mostFolds = 10_000

    /// How many clips all folds may have together, those that they share counted in each: a gigabyte of indexes, which is
    /// enough to leave out each of 2,000 speakers of 125,000 clips.
    public static let mostClipsOfAllFolds = 250_000_000

    /// Whether so many folds of so many clips can be held.
    public static func canHold(folds: Int, clips: Int) -> Bool {
        folds <= mostFolds && clips <= mostClipsOfAllFolds / max(1, folds)
    }

    /// The folds of `clips`, with their validation parts.
    ///
    /// The same clips, rule and seed give the same folds, and the order of `clips` does not matter to which clip goes
    /// where. Leaks are ``LeakGuard``'s to find: a corpus whose copies cross speakers is divided all the same.
    ///
    /// Throws ``EvaluationError`` for a corpus the protocol cannot divide, more folds than can be held, a part without
    /// clips, a rule that asks for more than the training part has, and a test class without training clips.
    public func folds(of clips: [LabelledClip], validation: ValidationRule, seed: UInt64) throws -> [Fold] {
        guard !clips.isEmpty else { throw EvaluationError.noClips(protocolName: name) }
        let count = splitter.foldCount(of: clips)
        guard Self.canHold(folds: count, clips: clips.count) else {
            throw EvaluationError.tooManyFolds(count, clips: clips.count, protocolName: name)
        }
        var folds = try splitter.split(clips, seed: seed)
        // Each in its own place: together with those that they come from they would take twice the memory.
        for index in folds.indices {
            try folds[index].checkNothingIsEmpty()
            folds[index] = try validation.applied(to: folds[index], of: clips, seed: seed)
            try folds[index].checkNothingIsEmpty()
            try folds[index].checkEveryTestClassIsTrained(on: clips)
        }
        return folds
    }

    /// The protocol for a corpus of which an experiment leaves out some clips: a list of one's own may name them all the
    /// same.
    ///
    /// Throws ``EvaluationError`` for a list that then lacks a fold.
    public func leavingOut(_ paths: Set<String>) throws -> SplitProtocol {
        guard case .listed(let folds) = self, !paths.isEmpty else { return self }
        return .listed(try folds.leavingOut(paths))
    }

    /// Which of some corpora the folds have clips of; only classes that all of these have can be learned and tested.
    ///
    /// Nil for a protocol that knows nothing of corpora.
    public func comparedCorpora(of corpora: [String]) -> [String]? {
        guard case .crossCorpus(let train, let test) = self else { return nil }
        return CrossCorpus(train: train, test: test).involved(of: corpora)
    }

    private static let all: [SplitProtocol] = [
        .emobox6Fold, .leaveOneSpeakerOut, .speakerKFold(), .pepino2324, .randomStratified(), .randomKFold(),
        .crossCorpus(),
    ]

    private var splitter: any Splitter {
        switch self {
        case .emobox6Fold: EmoBoxFolds()
        case .leaveOneSpeakerOut: LeaveOneSpeakerOut()
        case .speakerKFold(let k): SpeakerKFold(k: k)
        case .pepino2324: PepinoFold()
        case .randomStratified(let testFraction): RandomStratified(testFraction: testFraction)
        case .randomKFold(let k): RandomKFold(k: k)
        case .crossCorpus(let train, let test): CrossCorpus(train: train, test: test)
        case .listed(let folds): ListedSplit(list: folds)
        }
    }
}
