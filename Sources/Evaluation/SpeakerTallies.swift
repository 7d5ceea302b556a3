/// The tallies of every speaker in one piece of memory, so that thousands of draws add up quickly.
struct SpeakerTallies {
    /// C, the number of classes.
    let classes: Int
    /// speakers × 3C, row-major: each row a speaker's ``ClassTallies``.
    private let counts: [Int32]

    /// The tallies of at least one speaker, every one with clips.
    init(_ speakers: [ConfusionMatrix]) {
        let tallies = speakers.map(ClassTallies.init)
        let (classes, largest) = (speakers[0].classes, tallies.map(\.total).max() ?? 0)
        precondition(
            speakers.allSatisfy { $0.classes == classes && $0.total > 0 },
            "speakers with clips of \(classes) classes each expected, found "
                + "\(speakers.map { "\($0.total) clips of \($0.classes) classes" })")
        precondition(
            largest <= Int(Int32.max) / speakers.count,
            "at most \(Int32.max) clips in a draw expected, found up to \(largest) × \(speakers.count)")
        self.classes = classes
        counts = tallies.flatMap(\.counts)
    }

    /// Replaces `pooled` by the sum of the tallies of these speakers.
    func pool(_ drawn: ArraySlice<UInt16>, into pooled: inout ClassTallies) {
        let width = 3 * classes
        let table = counts.span
        var sums = pooled.counts.mutableSpan
        for index in sums.indices { sums[index] = 0 }
        for speaker in drawn {
            let row = table.extracting(Int(speaker) * width..<(Int(speaker) + 1) * width)
            for index in 0..<width { sums[index] &+= row[index] }
        }
    }
}
