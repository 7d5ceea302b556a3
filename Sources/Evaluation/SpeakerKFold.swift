import Randomness

/// Seeded folds of whole speakers, as even in speakers and in the speakers of each sex as they can be.
///
/// Women, men and speakers of unknown sex are shuffled apart and dealt to the folds in turn, each group where the last
/// ended: folds differ by at most one speaker in all and in each group.
struct SpeakerKFold: Splitter {
    /// How many folds there are.
    let k: Int

    let name = "speaker-kfold"
    let isSpeakerIndependent = true

    var summary: String {
        "\(k) folds of speakers, drawn at random and balanced by sex: "
            + "each tests on one group of speakers and trains on all the others."
    }

    func foldCount(of clips: [LabelledClip]) -> Int { k }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        let bySpeaker = Dictionary(grouping: clips.indices) { clips[$0].speaker }
        try check(speakers: bySpeaker.keys.sorted())
        var generator = SeededGenerator(seed: seed, purpose: "\(name) folds")
        var table = RoundRobin<[Int]>(hands: k)
        for speakers in strata(of: bySpeaker, clips: clips) { table.deal(generator.shuffled(speakers)) }
        return table.hands.enumerated().map { number, speakers in
            Fold(name: "fold-\(number + 1)", testing: speakers.flatMap { $0 }, outOf: clips.count)
        }
    }

    private func check(speakers: [String]) throws {
        guard k > 1 else { throw EvaluationError.tooFewFolds(k, protocolName: name) }
        guard speakers.count >= k else {
            throw EvaluationError.fewerSpeakersThanFolds(speakers, folds: k, protocolName: name)
        }
    }

    /// The clips of each woman, of each man and of everyone else, in the order of their names.
    private func strata(of bySpeaker: [String: [Int]], clips: [LabelledClip]) -> [[[Int]]] {
        let speakers = bySpeaker.sorted { $0.key < $1.key }.map(\.value)
        return [SpeakerSex.female, .male, nil].map { sex in
            speakers.filter { agreedSex(of: $0, clips: clips) == sex }
        }
    }

    /// The sex that all clips of a speaker that give one give.
    private func agreedSex(of indexes: [Int], clips: [LabelledClip]) -> SpeakerSex? {
        let given = Set(indexes.compactMap { clips[$0].sex })
        return given.count == 1 ? given.first : nil
    }
}
