import Documents

/// What a head's figures must be read with, at the top of its card and, in plain words, near its end.
struct ModelCardLimits {
    let corpus: CardCorpus
    let head: CardHead
    let cell: ReportCell

    /// One paragraph a warning.
    var stamps: [Block] {
        let found = [corpus.stamp.map(markdown), encoderStamp, speakerStamp, scalingStamp].compactMap { $0 }
        return found.isEmpty ? [] : [.warnings(found.map { "**\($0)**" })]
    }

    var blocks: [Block] {
        [.heading("Limits", level: 2), .list(corpus.limits.map(markdown) + ofTheHead)]
    }

    private var encoderStamp: String? {
        switch head.encoder.standing {
        case .published: nil
        case .untrained: "Untrained encoder: its weights are random, and so is what the head hears."
        case .unrecognised: "The encoder's weights are not a published checkpoint that Timbre recognises."
        }
    }

    private var speakerStamp: String? {
        guard !cell.split.isSpeakerIndependent else { return nil }
        return "Speaker-dependent: the head was trained on other clips of the speakers that it is tested on, so the "
            + "figures say nothing about unknown speakers."
    }

    private var scalingStamp: String? {
        guard head.scaling == .speaker else { return nil }
        return "Transductive: the figures hold only where several clips of a speaker are at hand before the first is "
            + "judged."
    }

    private var ofTheHead: [String] {
        [
            "For any sound, a cough or silence too, the head names the likeliest of its \(cell.classes.count) classes: it "
                + "cannot answer that it does not know, and its probabilities are as training left them, "
                + "not calibrated: how far off they are on the test clips, the ECE under Scores says.",
            "Other speakers, languages, microphones and rooms than the test clips' may be judged far worse than the "
                + "scores say.",
            "Not for judging people: not for decisions about their work, schooling, health, credit, or dealings with "
                + "authorities.",
        ]
    }
}
