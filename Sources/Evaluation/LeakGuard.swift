/// Refuses folds in which something of the test clips has been seen before.
public enum LeakGuard {
    /// Throws if a speaker, a recording or a clip is in two parts of the fold, or if a part is missing.
    ///
    /// A speaker may not be in training and test, nor in validation and test, nor, if `validation` holds out speakers,
    /// in training and validation; `allowSpeakerOverlap` excuses that. A recording (one audio content) may never be in
    /// two parts, whatever it is called, and may not stand in the corpus under two speakers or two labels.
    ///
    /// Throws ``EvaluationError`` with every speaker or clip concerned.
    public static func check(
        _ fold: Fold, clips: [LabelledClip], validation: ValidationRule = .none, allowSpeakerOverlap: Bool
    ) throws {
        try check([fold], clips: clips, validation: validation, allowSpeakerOverlap: allowSpeakerOverlap)
    }

    /// Throws if one of the folds leaks as ``check(_:clips:validation:allowSpeakerOverlap:)`` says of one.
    ///
    /// The corpus is gone through once for all folds. Throws ``EvaluationError`` for the first fold that leaks.
    public static func check(
        _ folds: [Fold], clips: [LabelledClip], validation: ValidationRule = .none, allowSpeakerOverlap: Bool
    ) throws {
        for fold in folds { try fold.checkNothingIsEmpty() }
        let (recordings, speakers) = (Numbering(clips.map(\.content)), Numbering(clips.map(\.speaker)))
        let identities = Numbering(identitiesOf: clips.count)
        try checkThatCopiesAgree(recordings, of: clips)
        for fold in folds {
            try check(identities: identities, of: fold, clips: clips)
            try check(recordings: recordings, of: fold, clips: clips)
            if !allowSpeakerOverlap { try check(speakers: speakers, of: fold, clips: clips, validation: validation) }
        }
    }

    /// Throws if one recording stands in the corpus under two speakers or two labels.
    ///
    /// Throws ``EvaluationError/contradictoryRecordings(_:)``.
    public static func checkRecordings(of clips: [LabelledClip]) throws {
        try checkThatCopiesAgree(Numbering(clips.map(\.content)), of: clips)
    }

    private static func checkThatCopiesAgree(_ recordings: Numbering, of clips: [LabelledClip]) throws {
        if recordings.agree(in: { clips[$0].speaker }) && recordings.agree(in: { clips[$0].label }) { return }
        let contradictions = Dictionary(grouping: clips, by: \.content).values
            .filter { Set($0.map(\.speaker)).count > 1 || Set($0.map(\.label)).count > 1 }
            .map { copies in copies.sorted { $0.path < $1.path } }
        throw EvaluationError.contradictoryRecordings(contradictions.sorted { $0[0].path < $1[0].path })
    }

    private static func check(identities: Numbering, of fold: Fold, clips: [LabelledClip]) throws {
        for pair in pairs {
            let shared = Set(identities.sharing(fold[pair.0], fold[pair.1]))
            guard shared.isEmpty else {
                throw EvaluationError.clipsInTwoParts(
                    shared.map { clips[$0].path }.sorted(), pair.0, pair.1, fold: fold.name)
            }
        }
    }

    private static func check(recordings: Numbering, of fold: Fold, clips: [LabelledClip]) throws {
        for pair in pairs {
            let copies = recordings.sharing(fold[pair.0], fold[pair.1]).map { clips[$0] }
            guard copies.isEmpty else {
                throw EvaluationError.recordingsInTwoParts(
                    copies.sorted { ($0.content, $0.path) < ($1.content, $1.path) }.map(\.path), pair.0, pair.1,
                    fold: fold.name)
            }
        }
    }

    private static func check(
        speakers: Numbering, of fold: Fold, clips: [LabelledClip], validation: ValidationRule
    ) throws {
        for pair in pairs where pair.1 == .test || validation.holdsOutSpeakers {
            let shared = Set(speakers.sharing(fold[pair.0], fold[pair.1]).map { clips[$0].speaker })
            guard shared.isEmpty else {
                throw EvaluationError.speakersInTwoParts(shared.sorted(), pair.0, pair.1, fold: fold.name)
            }
        }
    }

    private static let pairs: [(FoldPart, FoldPart)] = [(.train, .test), (.validation, .test), (.train, .validation)]
}

extension Fold {
    fileprivate subscript(part: FoldPart) -> [Int] {
        switch part {
        case .train: train
        case .validation: validation
        case .test: test
        }
    }
}

extension ValidationRule {
    fileprivate var holdsOutSpeakers: Bool {
        if case .speakers = self { true } else { false }
    }
}
