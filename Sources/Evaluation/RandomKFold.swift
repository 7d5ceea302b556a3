import Randomness

/// Seeded folds of clips that keep each label's share; the same speakers are on both sides.
///
/// The recordings of each label are shuffled and dealt to the folds in turn, each label where the last ended: folds
/// differ by at most one recording in all and in each label. Copies of a recording stay together.
struct RandomKFold: Splitter {
    /// How many folds there are.
    let k: Int

    let name = "random-kfold"
    let isSpeakerIndependent = false

    var summary: String {
        "\(k) folds of clips, drawn at random and stratified by label: each clip is tested once, "
            + "and clips of the same speakers are trained on."
    }

    func foldCount(of clips: [LabelledClip]) -> Int { k }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        guard k > 1 else { throw EvaluationError.tooFewFolds(k, protocolName: name) }
        var generator = SeededGenerator(seed: seed, purpose: "\(name) folds")
        var table = RoundRobin<[Int]>(hands: k)
        for recordings in recordingsByLabel(clips.indices, of: clips) { table.deal(generator.shuffled(recordings)) }
        return table.hands.enumerated().map { number, recordings in
            Fold(name: "fold-\(number + 1)", testing: recordings.flatMap { $0 }, outOf: clips.count)
        }
    }
}
