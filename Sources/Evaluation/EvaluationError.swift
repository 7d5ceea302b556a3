import Diagnosis

/// What can be wrong with a protocol, a corpus that it is asked to divide, or the parts that come out.
public enum EvaluationError: DiagnosableError, Equatable {
    /// No protocol has this name.
    case unknownProtocol(String)
    /// There is nothing to divide.
    case noClips(protocolName: String)
    /// The corpus has speakers that the protocol's lists do not name.
    case unlistedSpeakers([String], protocolName: String)
    /// The protocol holds out speakers, and there are not two.
    case tooFewSpeakers([String], protocolName: String)
    /// A share that is not strictly between 0 and 1.
    case fractionOutOfRange(Double, of: FoldPart)
    /// A number of validation speakers that is not positive or leaves nobody to train on.
    case validationSpeakers(Int, available: Int, fold: String)
    /// A part that needs clips has none.
    case emptyPart(FoldPart, fold: String)
    /// The test part has a class that the training part lacks; `clip` is one of its test clips.
    case untrainedClass(Int, fold: String, clip: String)
    /// One clip is in two parts of a fold.
    case clipsInTwoParts([String], FoldPart, FoldPart, fold: String)
    /// One recording is in two parts of a fold; the paths of all its copies there.
    case recordingsInTwoParts([String], FoldPart, FoldPart, fold: String)
    /// One speaker is in two parts of a fold.
    case speakersInTwoParts([String], FoldPart, FoldPart, fold: String)
    /// Recordings that stand in the corpus under two speakers or two labels; the copies of each.
    case contradictoryRecordings([[LabelledClip]])
}

extension EvaluationError {
    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .unknownProtocol(let name): unknownProtocol(name)
        case .noClips(let protocolName): noClips(protocolName)
        case .unlistedSpeakers(let speakers, let protocolName): unlistedSpeakers(speakers, protocolName)
        case .tooFewSpeakers(let speakers, let protocolName): tooFewSpeakers(speakers, protocolName)
        case .fractionOutOfRange(let share, let part): fractionOutOfRange(share, part)
        case .validationSpeakers(let count, let available, let fold): validationSpeakers(count, available, fold)
        case .emptyPart(let part, let fold): emptyPart(part, fold)
        case .untrainedClass(let label, let fold, let clip): untrainedClass(label, fold, clip)
        case .clipsInTwoParts(let clips, let first, let second, let fold): clipsInTwoParts(clips, first, second, fold)
        case .recordingsInTwoParts(let clips, let first, let second, let fold):
            recordingsInTwoParts(clips, first, second, fold)
        case .speakersInTwoParts(let speakers, let first, let second, let fold):
            speakersInTwoParts(speakers, first, second, fold)
        case .contradictoryRecordings(let recordings): contradictoryRecordings(recordings)
        }
    }

    private func unknownProtocol(_ name: String) -> Diagnosis {
        Diagnosis(
            "unknown protocol", found: "'\(name)'", expected: "one of \(SplitProtocol.names.joined(separator: ", "))",
            remedy: "correct `protocol` in the stage file", exit: .badData)
    }

    private func noClips(_ protocolName: String) -> Diagnosis {
        Diagnosis(
            "there are no clips to divide into folds", place: "protocol '\(protocolName)'",
            remedy: "`timbre check PIPELINE.yaml` shows what the corpus stage finds", exit: .badData)
    }

    private func unlistedSpeakers(_ speakers: [String], _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the corpus has speakers that the protocol does not list", place: "protocol '\(protocolName)'",
            found: listing(speakers), expected: "the RAVDESS actors 01 to 24",
            remedy: "use `leave-one-speaker-out`, which takes the speakers from the corpus", exit: .badData)
    }

    private func tooFewSpeakers(_ speakers: [String], _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the protocol needs more speakers", place: "protocol '\(protocolName)'", found: listing(speakers),
            expected: "two speakers or more", remedy: "use `random-stratified`, which is speaker-dependent",
            exit: .badData)
    }

    private func fractionOutOfRange(_ share: Double, _ part: FoldPart) -> Diagnosis {
        Diagnosis(
            "the share of \(part.rawValue) clips is out of range", found: "\(share)",
            expected: "a number above 0 and below 1", remedy: "for one clip in five write 0.2", exit: .badData)
    }

    private func validationSpeakers(_ count: Int, _ available: Int, _ fold: String) -> Diagnosis {
        let remedy =
            available > 1
            ? "ask for \(available - 1) or fewer"
            : "hold out a share of the clips instead: `validation: {fraction: 0.1}`"
        return Diagnosis(
            "the number of validation speakers does not fit the fold", place: "fold '\(fold)'",
            found: "\(count) of \(available) training \(available == 1 ? "speaker" : "speakers")",
            expected: "at least 1, and fewer than the fold trains on", remedy: remedy, exit: .badData)
    }

    private func emptyPart(_ part: FoldPart, _ fold: String) -> Diagnosis {
        Diagnosis(
            "the \(part.rawValue) part has no clips", place: "fold '\(fold)'", found: "0 clips", expected: "1 or more",
            remedy:
                "count the clips with `timbre check PIPELINE.yaml`, or use other shares or another protocol",
            exit: .badData)
    }

    private func untrainedClass(_ label: Int, _ fold: String, _ clip: String) -> Diagnosis {
        Diagnosis(
            "the test part has a class that the training part lacks", place: "fold '\(fold)'",
            found: "class \(label), of which '\(clip)' is one clip", expected: "training clips of every class tested",
            remedy: "use another protocol, or leave the class out of the corpus", exit: .badData)
    }

    private func clipsInTwoParts(
        _ clips: [String], _ first: FoldPart, _ second: FoldPart, _ fold: String
    ) -> Diagnosis {
        Diagnosis(
            "clips are in both the \(first.rawValue) and the \(second.rawValue) part", place: "fold '\(fold)'",
            found: listing(clips), expected: "each clip in one part", remedy: "correct the list of folds",
            exit: .badData)
    }

    private func recordingsInTwoParts(
        _ clips: [String], _ first: FoldPart, _ second: FoldPart, _ fold: String
    ) -> Diagnosis {
        Diagnosis(
            "copies of a recording are in both the \(first.rawValue) and the \(second.rawValue) part",
            place: "fold '\(fold)'", found: listing(clips), expected: "all copies of a recording in one part",
            remedy: "remove the copies but one; `allowSpeakerOverlap` does not excuse this", exit: .badData)
    }

    private func speakersInTwoParts(
        _ speakers: [String], _ first: FoldPart, _ second: FoldPart, _ fold: String
    ) -> Diagnosis {
        Diagnosis(
            "speakers are in both the \(first.rawValue) and the \(second.rawValue) part", place: "fold '\(fold)'",
            found: listing(speakers), expected: "each speaker in one part",
            remedy: "use a speaker-independent protocol, or set `allowSpeakerOverlap: true`; "
                + "the report is then stamped speaker-dependent",
            exit: .badData)
    }

    private func contradictoryRecordings(_ recordings: [[LabelledClip]]) -> Diagnosis {
        let described = recordings.map { copies in
            copies.map { "'\($0.path)' (speaker \($0.speaker), class \($0.label))" }.joined(separator: " = ")
        }
        return Diagnosis(
            "copies of one recording differ in speaker or label", found: lines(described),
            expected: "one speaker and one label a recording", remedy: "remove the copy that is named wrongly",
            exit: .badData)
    }

    private func listing(_ names: [String]) -> String {
        names.isEmpty ? "none" : lines(names.map { "'\($0)'" }, separator: ", ")
    }

    /// The items, of which a long list shows the first only.
    private func lines(_ items: [String], separator: String = "\n") -> String {
        let shown = items.prefix(24)
        let rest = items.count > shown.count ? ["and \(items.count - shown.count) more"] : []
        return (shown + rest).joined(separator: separator)
    }
}
