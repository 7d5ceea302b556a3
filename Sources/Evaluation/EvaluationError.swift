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
    /// A number of folds below two.
    case tooFewFolds(Int, protocolName: String)
    /// More folds than there may be, or, where it is their clips that are too many, than can be held of so many.
    case tooManyFolds(Int, clips: Int?, protocolName: String)
    /// There are fewer speakers than folds to deal them to.
    case fewerSpeakersThanFolds([String], folds: Int, protocolName: String)
    /// The protocol compares corpora, and the pipeline has one.
    case oneCorpus(protocolName: String)
    /// Corpora to train or test on that the pipeline does not have.
    case unknownCorpora([String], corpora: [String], protocolName: String)
    /// One corpus is to be trained and tested on.
    case sameCorpus(String, protocolName: String)
    /// A list of folds has no rows.
    case noListedFolds(protocolName: String)
    /// Of the rows of a fold some give a part and some do not; the first line of either kind.
    case partsOfSomeRows(fold: String, with: Int, without: Int, protocolName: String)
    /// Rows of a list of folds name clips or speakers that the corpus does not have.
    case unknownMembers([ListedFolds.Row], protocolName: String)
    /// Two rows of one fold put a clip into different parts.
    case assignedTwice(String, ListedFolds.Row, ListedFolds.Row, protocolName: String)
    /// Classes to merge that the corpus does not have.
    case unknownMergedClasses([String], corpusClasses: [String])
    /// A class that is to count as itself.
    case mergedIntoItself(String)
    /// A class that is to count as a class that is itself to count as another: which of the two is open.
    case mergeChain(String, String, String)
    /// Classes to keep that there are not once classes are merged.
    case unknownKeptClasses([String], classes: [String])
    /// A class that is to be kept twice.
    case keptTwice(String)
    /// There are not two classes left to tell apart.
    case tooFewClasses([String])
    /// Folds, numbered from 0, in which no candidate has a validation score to choose by.
    case noValidationScore(folds: [Int])
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
    /// More test speakers than can be drawn, or, in all folds together, more of their clips than a draw can count.
    case tooManyToDraw(speakers: Int, largest: Int)
}

extension EvaluationError {
    /// The facts in words.
    public var diagnosis: Diagnosis {
        switch self {
        case .unknownProtocol(let name): unknownProtocol(name)
        case .noClips(let protocolName): noClips(protocolName)
        case .unlistedSpeakers(let speakers, let protocolName): unlistedSpeakers(speakers, protocolName)
        case .tooFewSpeakers(let speakers, let protocolName): tooFewSpeakers(speakers, protocolName)
        case .tooFewFolds(let count, let protocolName): tooFewFolds(count, protocolName)
        case .tooManyFolds(let count, let clips, let protocolName): tooManyFolds(count, clips, protocolName)
        case .fewerSpeakersThanFolds(let speakers, let count, let protocolName):
            fewerSpeakersThanFolds(speakers, count, protocolName)
        case .oneCorpus(let protocolName): oneCorpus(protocolName)
        case .unknownCorpora(let names, let corpora, let protocolName): unknownCorpora(names, corpora, protocolName)
        case .sameCorpus(let corpus, let protocolName): sameCorpus(corpus, protocolName)
        case .noListedFolds(let protocolName): noListedFolds(protocolName)
        case .partsOfSomeRows(let fold, let with, let without, let protocolName):
            partsOfSomeRows(fold, with, without, protocolName)
        case .unknownMembers(let rows, let protocolName): unknownMembers(rows, protocolName)
        case .assignedTwice(let clip, let first, let second, let protocolName):
            assignedTwice(clip, first, second, protocolName)
        case .unknownMergedClasses(let names, let corpusClasses): unknownMergedClasses(names, corpusClasses)
        case .mergedIntoItself(let name): mergedIntoItself(name)
        case .mergeChain(let first, let second, let third): mergeChain(first, second, third)
        case .unknownKeptClasses(let names, let classes): unknownKeptClasses(names, classes)
        case .keptTwice(let name): keptTwice(name)
        case .tooFewClasses(let classes): tooFewClasses(classes)
        case .noValidationScore(let folds): noValidationScore(folds)
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
        case .tooManyToDraw(let speakers, let largest): tooManyToDraw(speakers, largest)
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
            remedy: "use `leave-one-speaker-out` or `speaker-kfold`, which take the speakers from the corpus",
            exit: .badData)
    }

    private func oneCorpus(_ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the protocol needs several corpora", place: "protocol '\(protocolName)'", found: "clips of one corpus",
            expected: "a stage of kind `corpora` that needs two corpus stages or more, under the embed stage",
            remedy: "README.md shows one; use `speaker-kfold` within one corpus", exit: .badData)
    }

    private func unknownCorpora(_ names: [String], _ corpora: [String], _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the protocol names a corpus without clips", place: "protocol '\(protocolName)', under `split`",
            found: listing(names), expected: "names of corpus stages: \(listing(corpora))",
            remedy: "correct `split.train` or `split.test`", exit: .badData)
    }

    private func sameCorpus(_ corpus: String, _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "one corpus would be trained and tested on", place: "protocol '\(protocolName)', under `split`",
            found: "train and test: \(corpus)", expected: "two different corpora",
            remedy: "leave out `split.test` to test on each other corpus, or use `speaker-kfold` within one",
            exit: .badData)
    }

    private func tooManyToDraw(_ speakers: Int, _ largest: Int) -> Diagnosis {
        Diagnosis(
            "there are too many speakers, or clips of them, to draw speakers from",
            place: "the test parts of all folds",
            found: "\(speakers) speakers, one of them with \(largest) clips",
            expected: "at most \(SpeakerBootstrap.mostSpeakers) speakers, and \(Int32.max) clips in a draw of as many",
            remedy: "look at what the corpus takes for speakers: timbre check PIPELINE.yaml", exit: .badData)
    }

    private func tooFewSpeakers(_ speakers: [String], _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the protocol needs more speakers", place: "protocol '\(protocolName)'", found: listing(speakers),
            expected: "two speakers or more",
            remedy: "use `random-stratified` or `random-kfold`, which are speaker-dependent", exit: .badData)
    }

    private func tooFewFolds(_ count: Int, _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the number of folds is out of range", place: "protocol '\(protocolName)'", found: "\(count)",
            expected: "2 or more", remedy: "ask for 5 folds, which are usual", exit: .badData)
    }

    private func tooManyFolds(_ count: Int, _ clips: Int?, _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "there are too many folds, or clips in them, to hold", place: "protocol '\(protocolName)'",
            found: "\(count) folds" + (clips.map { " of \($0) clips" } ?? ""),
            expected:
                "at most \(SplitProtocol.mostFolds) folds, which together have at most "
                + "\(SplitProtocol.mostClipsOfAllFolds) clips",
            remedy: "ask for fewer folds, or look at what the corpus takes for speakers: timbre check PIPELINE.yaml",
            exit: .badData)
    }

    private func fewerSpeakersThanFolds(_ speakers: [String], _ count: Int, _ protocolName: String) -> Diagnosis {
        let remedy =
            speakers.count > 1
            ? "ask for \(speakers.count) folds or fewer, or use `leave-one-speaker-out`"
            : "use `random-stratified` or `random-kfold`, which are speaker-dependent"
        return Diagnosis(
            "there are fewer speakers than folds", place: "protocol '\(protocolName)'", found: listing(speakers),
            expected: "\(count) speakers or more, one for each of the \(count) folds", remedy: remedy, exit: .badData)
    }

    private func noListedFolds(_ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the list of folds is empty", place: "protocol '\(protocolName)'", found: "0 rows", expected: "1 or more",
            remedy: "list the clips or speakers that each fold tests", exit: .badData)
    }

    private func partsOfSomeRows(_ fold: String, _ with: Int, _ without: Int, _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "only some rows of a fold give a part", place: "protocol '\(protocolName)', fold '\(fold)'",
            found: "a part in line \(with), none in line \(without)",
            expected: "a part in every row of the fold, or in none", remedy: "correct the list of folds", exit: .badData
        )
    }

    private func unknownMembers(_ rows: [ListedFolds.Row], _ protocolName: String) -> Diagnosis {
        Diagnosis(
            "the list of folds names what the corpus does not have", place: "protocol '\(protocolName)'",
            found: lines(rows.map { "line \($0.line): \($0.member.words)" }),
            expected: "speakers of the corpus, and clips by their paths relative to its root",
            remedy: "correct the list of folds; `timbre check PIPELINE.yaml` shows what the corpus stage finds",
            exit: .badData)
    }

    private func assignedTwice(
        _ clip: String, _ first: ListedFolds.Row, _ second: ListedFolds.Row, _ protocolName: String
    ) -> Diagnosis {
        let places = [first, second].map { row in
            "the \(row.part?.rawValue ?? "test") part in line \(row.line): \(row.member.words)"
        }
        return Diagnosis(
            "the list of folds puts a clip into two parts", place: "protocol '\(protocolName)', fold '\(first.fold)'",
            found: lines(["'\(clip)'"] + places), expected: "each clip in one part",
            remedy: "correct the list of folds", exit: .badData)
    }

    private func unknownMergedClasses(_ names: [String], _ corpusClasses: [String]) -> Diagnosis {
        Diagnosis(
            "classes to merge are not in the corpus", found: listing(names),
            expected: "some of \(listing(corpusClasses))", remedy: "correct the classes to merge in the stage file",
            exit: .badData)
    }

    private func mergedIntoItself(_ name: String) -> Diagnosis {
        Diagnosis(
            "a class is merged into itself", found: "'\(name)' as '\(name)'", expected: "another class or a new name",
            remedy: "leave it out of the classes to merge; a class that is not merged keeps its name", exit: .badData)
    }

    private func mergeChain(_ first: String, _ second: String, _ third: String) -> Diagnosis {
        Diagnosis(
            "a class is merged into one that is merged itself",
            found: "'\(first)' as '\(second)', '\(second)' as '\(third)'",
            expected: "every class merged once, and into one that stays",
            remedy: "say which class '\(first)' counts as in the end", exit: .badData)
    }

    private func unknownKeptClasses(_ names: [String], _ classes: [String]) -> Diagnosis {
        Diagnosis(
            "classes to keep do not exist", found: listing(names), expected: "some of \(listing(classes))",
            remedy: "correct the classes to keep in the stage file; merged classes go by their new names",
            exit: .badData)
    }

    private func keptTwice(_ name: String) -> Diagnosis {
        Diagnosis(
            "a class is kept twice", found: "'\(name)'", expected: "each class once",
            remedy: "correct the classes to keep in the stage file", exit: .badData)
    }

    private func tooFewClasses(_ classes: [String]) -> Diagnosis {
        Diagnosis(
            "there are not enough classes to tell apart", found: listing(classes), expected: "two classes or more",
            remedy: "merge fewer classes, or keep more", exit: .badData)
    }

    private func noValidationScore(_ folds: [Int]) -> Diagnosis {
        Diagnosis(
            "there is no validation score to choose by",
            place: "fold \(folds.map { "\($0 + 1)" }.joined(separator: ", ")), counted from 1",
            expected: "at least one candidate with a validation score in every fold",
            remedy: "hold out clips of the training part: `validation: {speakers: 2}`", exit: .badData)
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

extension ListedFolds.Member {
    fileprivate var words: String {
        switch self {
        case .clip(let path): "clip '\(path)'"
        case .speaker(let name): "speaker '\(name)'"
        }
    }
}
