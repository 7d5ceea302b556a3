import Evaluation
import Randomness
import Testing

@Suite struct SplitPropertiesTests {
    @Test func everyFoldOfEveryProtocolKeepsWhatItPromises() throws {
        for corpus in corpora(900) + actorsCorpora(24) {
            for division in try divisions(of: corpus) {
                let folds = try division.folds(of: corpus.clips)
                for fold in folds {
                    expectPartsAreDisjointAndAscending(fold, of: corpus, by: division)
                    expectCopiesAreTogether(in: fold, of: corpus)
                    if division.division.isSpeakerIndependent { expectNewTestSpeakers(in: fold, of: corpus) }
                }
                if division.coversTheCorpus {
                    #expect(folds.flatMap(\.test).sorted() == Array(corpus.clips.indices))
                }
                try LeakGuard.check(
                    folds, clips: corpus.clips, validation: division.rule,
                    allowSpeakerOverlap: !division.division.isSpeakerIndependent)
            }
        }
    }

    @Test func validationSpeakersAreNotTrainedOnWhereSpeakersAreHeldOut() throws {
        for corpus in corpora(600) + actorsCorpora(12) {
            for division in try divisions(of: corpus) where division.rule == .speakers(1) {
                for fold in try division.folds(of: corpus.clips) {
                    #expect(corpus.speakers(fold.train).isDisjoint(with: corpus.speakers(fold.validation)))
                }
            }
        }
    }

    @Test func theSameSeedGivesTheSameFoldsWhateverTheOrderOfTheClips() throws {
        for corpus in corpora(400) + actorsCorpora(6) {
            var random = SeededGenerator(seed: corpus.seed, purpose: "another order")
            let reordered = random.shuffled(corpus.clips)
            for division in try divisions(of: corpus) {
                let folds = try division.folds(of: corpus.clips)
                #expect(try division.folds(of: corpus.clips) == folds)
                #expect(
                    paths(of: try division.folds(of: reordered), in: reordered) == paths(of: folds, in: corpus.clips))
            }
        }
    }

    @Test func anotherSeedGivesOtherFoldsWhereverSomethingIsDrawn() throws {
        var (compared, differing): ([String: Int], [String: Int]) = ([:], [:])
        for corpus in corpora(450) + actorsCorpora(24) {
            for division in try divisions(of: corpus) {
                let folds = try division.folds(of: corpus.clips, seed: 1)
                let others = try division.folds(of: corpus.clips, seed: 2)
                guard division.isDrawn else {
                    #expect(folds == others)
                    continue
                }
                compared[division.division.name, default: 0] += 1
                differing[division.division.name, default: 0] += folds == others ? 0 : 1
            }
        }
        #expect(compared.count == 6)
        // Two seeds may draw the same of three speakers or of four clips, but seldom do.
        for (name, count) in compared { #expect(Double(differing[name, default: 0]) > 0.8 * Double(count), "\(name)") }
    }

    @Test func foldsOfSpeakersAreEvenInAllAndInEachSex() throws {
        for corpus in corpora(1000) + actorsCorpora(6) {
            for k in 2...corpus.speakers.count {
                let division = SplitProtocol.speakerKFold(k: k)
                let folds = try division.folds(of: corpus.clips, validation: .none, seed: corpus.seed)
                let tested = folds.map { Set($0.test.map { Speaker(of: corpus.clips[$0]) }) }
                #expect(folds.count == k && spread(of: tested.map(\.count)) <= 1)
                for sex in [SpeakerSex.female, .male, nil] {
                    #expect(spread(of: tested.map { $0.count { $0.sex == sex } }) <= 1)
                }
            }
        }
    }

    @Test func randomFoldsAreEvenInAllAndInEachLabelWhereNothingOccursTwice() throws {
        for corpus in corpora(1000) {
            let clips = corpus.withoutCopies
            for k in 2...5 {
                let division = SplitProtocol.randomKFold(k: k)
                let tested = try division.folds(of: clips, validation: .none, seed: corpus.seed).map(\.test)
                #expect(spread(of: tested.map(\.count)) <= 1)
                for label in Set(clips.map(\.label)) {
                    #expect(spread(of: tested.map { $0.count { clips[$0].label == label } }) <= 1)
                }
            }
        }
    }

    @Test func randomSplitsKeepEachLabelsShareWithinOneClipWhereNothingOccursTwice() throws {
        for corpus in corpora(1000) {
            let clips = corpus.withoutCopies
            let division = SplitProtocol.randomStratified(testFraction: 0.25)
            let test = try division.folds(of: clips, validation: .none, seed: corpus.seed)[0].test
            for (label, all) in Dictionary(grouping: clips, by: \.label) {
                #expect(abs(Double(test.count { clips[$0].label == label }) - 0.25 * Double(all.count)) < 1)
            }
        }
    }

    @Test func aRecordingUnderTwoSpeakersIsRefusedUnderEveryProtocol() throws {
        for corpus in corpora(200) + actorsCorpora(3) {
            var random = SeededGenerator(seed: corpus.seed, purpose: "the thief")
            let stolen = corpus.clips[random.below(corpus.clips.count)]
            let others = corpus.speakers.filter { $0 != stolen.speaker }
            let theft = LabelledClip(
                path: "theft.wav", content: stolen.content, speaker: others[random.below(others.count)],
                label: stolen.label)
            let clips = corpus.clips + [theft]
            for division in try divisions(of: corpus) {
                let folds = try division.division.folds(of: clips, validation: .none, seed: 1)
                for allowed in [false, true] {
                    let error = #expect(throws: EvaluationError.self) {
                        try LeakGuard.check(folds, clips: clips, allowSpeakerOverlap: allowed)
                    }
                    guard case .contradictoryRecordings(let found) = error else {
                        Issue.record("contradictory recordings expected, found \(String(describing: error))")
                        continue
                    }
                    #expect(found.count == 1 && found[0].contains(theft))
                }
            }
        }
    }

    @Test func randomProtocolsPassOnlyIfSpeakersMayOverlap() throws {
        var refused = 0
        for corpus in corpora(600) {
            for division in [SplitProtocol.randomStratified(testFraction: 0.25), .randomKFold(k: 3)] {
                let folds = try division.folds(of: corpus.clips, validation: .none, seed: corpus.seed)
                try LeakGuard.check(folds, clips: corpus.clips, allowSpeakerOverlap: true)
                let overlap = folds.contains { fold in
                    let trained = Set(fold.train.map { corpus.clips[$0].speaker })
                    return fold.test.contains { trained.contains(corpus.clips[$0].speaker) }
                }
                guard overlap else { continue }
                refused += 1
                #expect(throws: EvaluationError.self) {
                    try LeakGuard.check(folds, clips: corpus.clips, allowSpeakerOverlap: false)
                }
            }
        }
        #expect(refused > 1150)
    }

    private func expectPartsAreDisjointAndAscending(_ fold: Fold, of corpus: RandomCorpus, by division: Division) {
        let all = (fold.train + fold.validation + fold.test).sorted()
        #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
        #expect(all.allSatisfy(corpus.clips.indices.contains))
        #expect(division.hasParts || all.count == corpus.clips.count)
        #expect([fold.train, fold.validation, fold.test].allSatisfy { $0 == $0.sorted() })
        #expect(fold.validation.isEmpty == division.validatesOnNothing)
    }

    private func expectCopiesAreTogether(in fold: Fold, of corpus: RandomCorpus) {
        let parts = [fold.train, fold.validation, fold.test].map { part in Set(part.map { corpus.clips[$0].content }) }
        #expect(parts[0].union(parts[1]).union(parts[2]).count == parts.reduce(0) { $0 + $1.count })
    }

    private func expectNewTestSpeakers(in fold: Fold, of corpus: RandomCorpus) {
        #expect(corpus.speakers(fold.test).isDisjoint(with: corpus.speakers(fold.train + fold.validation)))
    }
}

extension RandomCorpus {
    fileprivate func speakers(_ indexes: [Int]) -> Set<String> { Set(indexes.map { clips[$0].speaker }) }
}

/// A speaker whose sex the corpus may tell.
private struct Speaker: Hashable {
    let name: String
    let sex: SpeakerSex?

    init(of clip: LabelledClip) {
        name = clip.speaker
        sex = clip.sex
    }
}

/// A protocol with a rule that fits a corpus.
private struct Division {
    let division: SplitProtocol
    var rule = ValidationRule.none
    /// A list with parts, which need not have every clip and brings what it validates on.
    var hasParts = false

    func folds(of clips: [LabelledClip], seed: UInt64 = 1) throws -> [Fold] {
        try division.folds(of: clips, validation: rule, seed: seed)
    }

    var validatesOnNothing: Bool { rule == .none && !hasParts && division != .pepino2324 }

    var coversTheCorpus: Bool {
        switch division {
        case .emobox6Fold, .leaveOneSpeakerOut, .speakerKFold, .randomKFold: true
        case .pepino2324, .randomStratified, .crossCorpus: false
        case .listed: !hasParts
        }
    }

    /// Whether the seed has a say.
    var isDrawn: Bool {
        switch division {
        case .emobox6Fold, .leaveOneSpeakerOut: rule != .none
        case .pepino2324: false
        case .crossCorpus: rule != .none
        case .listed: rule != .none && !hasParts
        case .speakerKFold, .randomStratified, .randomKFold: true
        }
    }
}

/// Every protocol that can divide the corpus, each with a rule that the corpus's seed chooses.
///
/// The share is large enough to hold out something of any corpus.
private func divisions(of corpus: RandomCorpus) throws -> [Division] {
    let listed = SplitProtocol.listed(try listOfSpeakers(of: corpus))
    let ravdess: [SplitProtocol] = corpus.speakers.count == 24 ? [.emobox6Fold, .pepino2324] : []
    let independent = [.leaveOneSpeakerOut, .speakerKFold(k: 3), listed] + ravdess
    let dependent: [SplitProtocol] = [.randomStratified(testFraction: 0.25), .randomKFold(k: 3)]
    let number = Int(corpus.seed)
    return independent.enumerated().map { index, division in
        Division(division: division, rule: [.none, .speakers(1), .fraction(0.25)][(number + index) % 3])
    }
        + dependent.enumerated().map { index, division in
            Division(division: division, rule: [.none, .fraction(0.25)][(number + index) % 2])
        } + [Division(division: .listed(try listWithParts(of: corpus)), hasParts: true)]
}

/// A list without parts that tests each speaker in one of two folds or, with three speakers, of three.
private func listOfSpeakers(of corpus: RandomCorpus) throws -> ListedFolds {
    let rows = corpus.speakers.enumerated().map { number, speaker in
        ListedFolds.Row(line: number + 2, fold: "own-\(number % 3)", member: .speaker(speaker))
    }
    return try ListedFolds(name: "own-folds", rows: rows)
}

/// A list of two folds with a speaker to train on, one to validate on and one to test, the others in any part or none.
private func listWithParts(of corpus: RandomCorpus) throws -> ListedFolds {
    var random = SeededGenerator(seed: corpus.seed, purpose: "list with parts")
    let rows = ["a", "b"].flatMap { fold in
        random.shuffled(corpus.speakers).enumerated().compactMap { number, speaker -> ListedFolds.Row? in
            let parts: [FoldPart?] = [.train, .validation, .test, nil]
            guard let part = parts[number < 3 ? number : random.below(4)] else { return nil }
            return ListedFolds.Row(line: number, fold: fold, member: .speaker(speaker), part: part)
        }
    }
    return try ListedFolds(name: "own-parts", rows: rows)
}

private func corpora(_ count: Int) -> [RandomCorpus] { (0..<count).map { RandomCorpus(seed: UInt64($0)) } }

/// Corpora of RAVDESS's 24 actors.
private func actorsCorpora(_ count: Int) -> [RandomCorpus] {
    (0..<count).map { RandomCorpus(seed: UInt64($0), actors: (1...24).map { $0 < 10 ? "0\($0)" : "\($0)" }) }
}

private func paths(of folds: [Fold], in clips: [LabelledClip]) -> [[[String]]] {
    folds.map { fold in [fold.train, fold.validation, fold.test].map { $0.map { clips[$0].path }.sorted() } }
}

private func spread(of counts: [Int]) -> Int { (counts.max() ?? 0) - (counts.min() ?? 0) }
