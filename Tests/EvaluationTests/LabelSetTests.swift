import Evaluation
import Randomness
import TestSupport
import Testing

private let ravdess = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]

@Suite struct LabelSetTests {
    @Test func onlyClassesThatAllCorporaHaveAreLeft() throws {
        let set = try LabelSet(
            of: ["neutral", "calm", "happy", "sad"], merging: ["calm": "neutral"], common: ["neutral", "sad"])
        #expect(set.classes == ["neutral", "sad"] && set.label(of: 1) == 0 && set.label(of: 2) == nil)
        #expect(set.summary == "calm as neutral; neutral and sad kept, which all corpora have")
        #expect(throws: EvaluationError.unknownKeptClasses(["happy"], classes: ["neutral", "sad"])) {
            try LabelSet(of: ["neutral", "happy", "sad"], keeping: ["happy", "sad"], common: ["neutral", "sad"])
        }
        #expect(throws: EvaluationError.tooFewClasses(["sad"])) { try LabelSet(of: ["happy", "sad"], common: ["sad"]) }
    }

    @Test func withoutWishesEveryClassStays() throws {
        let set = try LabelSet(of: ravdess)
        #expect(set.classes == ravdess)
        #expect(ravdess.indices.map(set.label(of:)) == Array(ravdess.indices))
        #expect(set.summary == "all 8 classes")
    }

    @Test func aMergedClassCountsAsTheOther() throws {
        let set = try LabelSet(of: ravdess, merging: ["calm": "neutral"])
        #expect(set.classes == ["neutral", "happy", "sad", "angry", "fearful", "disgust", "surprised"])
        #expect(ravdess.indices.map(set.label(of:)) == [0, 0, 1, 2, 3, 4, 5, 6])
        #expect(set.summary == "calm as neutral")
    }

    @Test func classesStandWhereTheCorpusFirstHasAMember() throws {
        let set = try LabelSet(
            of: ravdess, merging: ["neutral": "surprised", "calm": "low", "sad": "low", "angry": "high"],
            keeping: ["high", "low", "surprised"])
        #expect(set.classes == ["surprised", "low", "high"])
        #expect(ravdess.indices.map(set.label(of:)) == [0, 1, nil, 1, 2, nil, nil, 0])
        #expect(
            set.summary
                == "neutral as surprised, calm and sad as low, angry as high; surprised, low and high kept")
    }

    @Test func keptClassesAreNamedOnlyIfSomeAreLeftOut() throws {
        let set = try LabelSet(of: ravdess, merging: ["calm": "neutral"], keeping: ["sad", "neutral", "happy"])
        #expect(set.classes == ["neutral", "happy", "sad"])
        #expect(set.summary == "calm as neutral; neutral, happy and sad kept")
        #expect(try LabelSet(of: ravdess, keeping: ravdess.reversed()).summary == "all 8 classes")
        #expect(try LabelSet(of: ravdess, keeping: ["sad", "calm"]).summary == "calm and sad kept")
    }

    @Test func everyClipsClassFollowsFromTheWishesForRandomOnes() throws {
        var (valid, left) = (0, 0)
        for seed in 0..<3000 {
            let wish = RandomWish(seed: UInt64(seed))
            guard let set = try? LabelSet(of: wish.classes, merging: wish.merging, keeping: wish.keeping) else {
                continue
            }
            valid += 1
            let names = wish.classes.indices.map { index in set.label(of: index).map { set.classes[$0] } }
            for (name, result) in zip(wish.classes, names) {
                let target = wish.merging[name] ?? name
                #expect(result == (wish.keeping?.contains(target) ?? true ? target : nil))
                left += result == nil ? 1 : 0
            }
            #expect(Set(set.classes).count == set.classes.count)
            #expect(set.classes == names.compactMap { $0 }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
        }
        #expect(valid > 500 && left > 500)
    }

    @Test func aClassToMergeThatTheCorpusLacksIsAnError() {
        expectDiagnosis(
            """
            classes to merge are not in the corpus
              found:    'bored', 'quiet'
              expected: some of 'neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'
              try:      correct the classes to merge in the stage file
            """, exit: .badData
        ) { try LabelSet(of: ravdess, merging: ["quiet": "neutral", "calm": "neutral", "bored": "calm"]) }
    }

    @Test func aClassMergedIntoItselfIsAnError() {
        expectDiagnosis(
            """
            a class is merged into itself
              found:    'calm' as 'calm'
              expected: another class or a new name
              try:      leave it out of the classes to merge; a class that is not merged keeps its name
            """, exit: .badData
        ) { try LabelSet(of: ravdess, merging: ["calm": "calm"]) }
    }

    @Test func aChainIsAnError() {
        expectDiagnosis(
            """
            a class is merged into one that is merged itself
              found:    'calm' as 'neutral', 'neutral' as 'sad'
              expected: every class merged once, and into one that stays
              try:      say which class 'calm' counts as in the end
            """, exit: .badData
        ) { try LabelSet(of: ravdess, merging: ["calm": "neutral", "neutral": "sad"]) }
        #expect(throws: EvaluationError.mergeChain("neutral", "calm", "neutral")) {
            try LabelSet(of: ravdess, merging: ["calm": "neutral", "neutral": "calm"])
        }
    }

    @Test func aClassToKeepThatThereIsNotIsAnError() {
        expectDiagnosis(
            """
            classes to keep do not exist
              found:    'b', 'd'
              expected: some of 'a', 'c'
              try:      correct the classes to keep in the stage file; merged classes go by their new names
            """, exit: .badData
        ) { try LabelSet(of: ["a", "b", "c"], merging: ["b": "a"], keeping: ["b", "a", "d", "b"]) }
    }

    @Test func aClassKeptTwiceIsAnError() {
        expectDiagnosis(
            """
            a class is kept twice
              found:    'sad'
              expected: each class once
              try:      correct the classes to keep in the stage file
            """, exit: .badData
        ) { try LabelSet(of: ravdess, keeping: ["calm", "sad", "happy", "sad"]) }
    }

    @Test func fewerThanTwoClassesAreAnError() {
        expectDiagnosis(
            """
            there are not enough classes to tell apart
              found:    'sad'
              expected: two classes or more
              try:      merge fewer classes, or keep more
            """, exit: .badData
        ) { try LabelSet(of: ravdess, keeping: ["sad"]) }
        #expect(throws: EvaluationError.tooFewClasses([])) { try LabelSet(of: ravdess, keeping: []) }
        #expect(throws: EvaluationError.tooFewClasses(["a"])) { try LabelSet(of: ["a", "b"], merging: ["b": "a"]) }
    }
}

/// Classes, mergers and classes to keep drawn from a seed; some of them cannot be granted.
private struct RandomWish {
    let classes: [String]
    var merging: [String: String] = [:]
    var keeping: [String]?

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed, purpose: "random wish")
        classes = (0..<(2 + random.below(7))).map { "c\($0)" }
        let names = classes + ["new", "other"]
        for name in classes where random.below(3) == 0 { merging[name] = names[random.below(names.count)] }
        if random.below(2) == 0 {
            let targets = Set(classes.map { merging[$0] ?? $0 }).sorted()
            keeping = Array(random.shuffled(targets).prefix(1 + random.below(targets.count)))
        }
    }
}
