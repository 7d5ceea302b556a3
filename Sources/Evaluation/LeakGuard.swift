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
        try fold.checkNothingIsEmpty()
        try checkRecordings(of: clips)
        try checkPartsAreDisjoint(fold, clips: clips)
        try checkRecordings(of: fold, clips: clips)
        if !allowSpeakerOverlap { try checkSpeakers(of: fold, clips: clips, validation: validation) }
    }

    /// Throws if one recording stands in the corpus under two speakers or two labels.
    ///
    /// Throws ``EvaluationError/contradictoryRecordings(_:)``.
    public static func checkRecordings(of clips: [LabelledClip]) throws {
        let contradictions = Dictionary(grouping: clips, by: \.content).values
            .filter { Set($0.map(\.speaker)).count > 1 || Set($0.map(\.label)).count > 1 }
            .map { copies in copies.sorted { $0.path < $1.path } }
        guard contradictions.isEmpty else {
            throw EvaluationError.contradictoryRecordings(contradictions.sorted { $0[0].path < $1[0].path })
        }
    }

    private static func checkPartsAreDisjoint(_ fold: Fold, clips: [LabelledClip]) throws {
        for pair in pairs {
            let shared = Set(fold[pair.0]).intersection(fold[pair.1])
            guard shared.isEmpty else {
                throw EvaluationError.clipsInTwoParts(
                    shared.map { clips[$0].path }.sorted(), pair.0, pair.1, fold: fold.name)
            }
        }
    }

    private static func checkRecordings(of fold: Fold, clips: [LabelledClip]) throws {
        for pair in pairs {
            let shared = Set(fold[pair.0].map { clips[$0].content }).intersection(
                fold[pair.1].map { clips[$0].content })
            guard shared.isEmpty else {
                let copies = (fold[pair.0] + fold[pair.1]).map { clips[$0] }.filter { shared.contains($0.content) }
                throw EvaluationError.recordingsInTwoParts(
                    copies.sorted { ($0.content, $0.path) < ($1.content, $1.path) }.map(\.path), pair.0, pair.1,
                    fold: fold.name)
            }
        }
    }

    private static func checkSpeakers(
        of fold: Fold, clips: [LabelledClip], validation: ValidationRule
    ) throws {
        for pair in pairs where pair.1 == .test || validation.holdsOutSpeakers {
            let shared = Set(fold[pair.0].map { clips[$0].speaker }).intersection(
                fold[pair.1].map { clips[$0].speaker })
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
