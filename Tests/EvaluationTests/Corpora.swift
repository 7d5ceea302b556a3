import Evaluation
import Randomness

/// A corpus with RAVDESS's shape: 24 actors, 60 clips each, 8 classes; every clip its own recording.
let ravdessShaped: [LabelledClip] = (1...24).flatMap { actor in
    let speaker = actor < 10 ? "0\(actor)" : "\(actor)"
    return (0..<60).map { number in
        let label = number < 4 ? 0 : 1 + (number - 4) / 8
        return LabelledClip(
            path: "Actor_\(speaker)/\(number).wav", content: "\(speaker)-\(number)", speaker: speaker, label: label)
    }
}

/// One clip, by default its own recording.
func clip(_ path: String, content: String? = nil, speaker: String, label: Int) -> LabelledClip {
    LabelledClip(path: path, content: content ?? "content of \(path)", speaker: speaker, label: label)
}

/// Two speakers, two classes, two clips of each.
let smallCorpus: [LabelledClip] = ["01", "02"].flatMap { speaker in
    (0..<4).map { clip("\(speaker)/\($0).wav", speaker: speaker, label: $0 % 2) }
}

/// A corpus drawn from a seed: a few speakers, every one with every class, and some recordings that occur twice.
///
/// Some speakers are women, some men, and of some the corpus does not tell.
struct RandomCorpus {
    let clips: [LabelledClip]
    let seed: UInt64
    /// The names of the speakers, in order.
    let speakers: [String]

    init(seed: UInt64, actors: [String]? = nil) {
        var random = SeededGenerator(seed: seed, purpose: "random corpus")
        let speakers = actors ?? (0..<(3 + random.below(6))).map { "s\($0)" }
        let classes = 2 + random.below(5)
        var clips: [LabelledClip] = []
        for speaker in speakers {
            for label in 0..<classes {
                for number in 0..<(1 + random.below(6)) {
                    let path = "\(speaker)/\(label)-\(number).wav"
                    clips.append(clip(path, speaker: speaker, label: label))
                    if random.below(8) == 0 {
                        clips.append(
                            clip("copy of \(path)", content: "content of \(path)", speaker: speaker, label: label))
                    }
                }
            }
        }
        let sexes = speakers.map { _ in [SpeakerSex.female, .male, nil][random.below(3)] }
        let sexOf = Dictionary(uniqueKeysWithValues: zip(speakers, sexes))
        for index in clips.indices { clips[index].sex = sexOf[clips[index].speaker, default: nil] }
        self.clips = random.shuffled(clips)
        self.seed = seed
        self.speakers = speakers
    }

    /// The corpus without the second copies of recordings.
    var withoutCopies: [LabelledClip] { clips.filter { !$0.path.hasPrefix("copy") } }
}
