/// One fold a speaker, in the order of their names: that speaker is tested, all others are trained on.
struct LeaveOneSpeakerOut: Splitter {
    let name = "leave-one-speaker-out"
    let summary = "One fold a speaker: each tests on one speaker and trains on all the others."
    let isSpeakerIndependent = true

    func foldCount(of clips: [LabelledClip]) -> Int { Set(clips.lazy.map(\.speaker)).count }

    func split(_ clips: [LabelledClip], seed: UInt64) throws -> [Fold] {
        let bySpeaker = Dictionary(grouping: clips.indices) { clips[$0].speaker }.sorted { $0.key < $1.key }
        guard bySpeaker.count > 1 else {
            throw EvaluationError.tooFewSpeakers(bySpeaker.map(\.key), protocolName: name)
        }
        return bySpeaker.map { speaker, test in
            Fold(name: "speaker-\(speaker)", testing: test, outOf: clips.count)
        }
    }
}
