import Randomness

/// Some of the clips, spread evenly over speakers: no speaker has two more than another that has clips left.
///
/// - Parameters:
///   - speakers: the speaker of each clip, in corpus order.
///   - count: how many; all where there are no more.
/// - Returns: indexes of clips, ascending, the same for the same seed.
func sampleOverSpeakers(_ speakers: [String], count: Int, seed: UInt64) -> [Int] {
    var random = SeededGenerator(seed: seed, purpose: "precision sample")
    let clips = Dictionary(grouping: speakers.indices) { speakers[$0] }
    // Who comes first has a clip more where the count cannot be divided: that is drawn too.
    let queues = random.shuffled(clips.keys.sorted()).map { random.shuffled(clips[$0] ?? []) }
    let rounds = (0..<(queues.map(\.count).max() ?? 0)).lazy
    let inTurn = rounds.flatMap { round in queues.lazy.filter { round < $0.count }.map { $0[round] } }
    return inTurn.prefix(count).sorted()
}
