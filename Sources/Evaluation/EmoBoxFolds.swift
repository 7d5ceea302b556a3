/// The six speaker-disjoint RAVDESS folds of EmoBox, each testing on four of the 24 actors.
///
/// Source: Ma et al., "EmoBox: Multilingual Multi-corpus Speech Emotion Recognition Toolkit and Benchmark",
/// Interspeech 2024. The lists are those of `data/ravdess/fold_1 … fold_6/ravdess_test_fold_N.jsonl` in the repository
/// emo-box/EmoBox (commits bb22000 and fdc57b0), whose folds bring no validation part.
struct EmoBoxFolds: Splitter {
    static let testActors = [
        ["01", "11", "20", "21"], ["04", "10", "12", "14"], ["08", "09", "19", "23"],
        ["03", "05", "07", "24"], ["02", "15", "16", "18"], ["06", "13", "17", "22"],
    ]

    let name = "emobox-6fold"
    let summary = "EmoBox's six folds: each tests on four actors and trains on none of them."
    let isSpeakerIndependent = true

    func foldCount(of clips: [LabelledClip]) -> Int { Self.testActors.count }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        try RAVDESSActors.checkNobodyElseSpeaks(in: clips, protocolName: name)
        return Self.testActors.enumerated().map { number, actors in
            let test = clips.indices.filter { actors.contains(clips[$0].speaker) }
            return Fold(name: "fold-\(number + 1)", testing: test, outOf: clips.count)
        }
    }
}
