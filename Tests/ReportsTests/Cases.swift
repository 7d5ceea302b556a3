import Evaluation
import Reports

/// The reports whose files are checked in under `Tests/Fixtures/reports`, by the name of their folder.
enum ReportCase: String, CaseIterable {
    /// Three folds of unseen speakers, two seeds, stamps and published figures.
    case speakerIndependent = "speaker-independent"
    /// One random split, names that every format must escape, and a clip left out.
    case speakerDependent = "speaker-dependent"

    var report: Report {
        switch self {
        case .speakerIndependent: speakerIndependentReport
        case .speakerDependent: speakerDependentReport
        }
    }
}

private var speakerIndependentReport: Report {
    let classes = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]
    let cells = [UInt64(0), 1].map { seed in
        ReportCell(
            id: "a\(seed + 1)", protocolName: "three-fold",
            protocolSummary: "Three folds: each tests on two speakers and trains on none of them.",
            isSpeakerIndependent: true, layer: "12", head: "256, dropout 0.3", seed: seed,
            folds: (0..<3).map { fold in
                ReportFold(
                    name: "fold-\(fold + 1)", bestEpoch: 5 + fold + Int(seed),
                    predictions: predictions(
                        speakers: ["0\(2 * fold + 1)", "0\(2 * fold + 2)"], classes: 8, takes: 2, skill: 0.85,
                        seed: UInt64(fold) + 10 * seed),
                    history: history(epochs: 8 + fold, pace: 0.3 + 0.05 * Double(fold), seed: UInt64(fold) + 10 * seed))
            })
    }
    return Report(
        title: "three-speakers-cv",
        question: "How well does a small head on frozen embeddings do\non speakers it has never heard?",
        stamps: [
            "The speech is synthetic and the encoder untrained: the figures show that the pipeline works, nothing else."
        ],
        classes: classes, cells: cells,
        published: [
            PublishedResult(
                source: "Somebody (2023)", protocolName: "random-stratified",
                protocolSummary: "One random split; speakers are on both sides.", accuracy: 0.9531, macroF1: 0.9492,
                note: "Measured once."),
            PublishedResult(
                source: "Benchmark (2024)", protocolName: "three-fold",
                protocolSummary: "Three folds of unseen speakers.", uar: 0.5433, accuracy: 0.554, macroF1: 0.5399),
        ],
        provenance: [
            ProvenanceEntry(name: "encoder", value: "sha256 0123456789abcdef"),
            ProvenanceEntry(name: "decoder", value: "libsndfile | libsoxr HQ"),
        ])
}

private var speakerDependentReport: Report {
    let cell = ReportCell(
        id: "split/1", protocolName: "random-stratified",
        protocolSummary: "One random split stratified by label; speakers are on both sides.",
        isSpeakerIndependent: false,
        isTransductive: true, layer: "0,6,12", head: "linear", seed: .max,
        folds: [
            ReportFold(
                name: "split", bestEpoch: 1,
                predictions: predictions(speakers: ["=cmd", "o'neill"], classes: 3, takes: 3, skill: 0.6, seed: 3),
                history: [ReportEpoch(epoch: 1, learningRate: 1e-4, trainLoss: 1.0986, trainAccuracy: 1 / 3.0)])
        ])
    return Report(
        title: "names_to *escape* | <here>", question: "",
        classes: ["=joy, \"loud\"", "sadness & disappointment", "<fear>|_mixed_"], cells: [cell],
        excluded: [ExcludedClip(clip: "bad|name.wav", reason: "the file is empty\n(0 bytes)")],
        bootstrap: SpeakerBootstrap(draws: 100, seed: 1))
}

/// Predictions that are right about as often as `skill` says, from a small generator of their own.
private func predictions(
    speakers: [String], classes: Int, takes: Int, skill: Double, seed: UInt64
) -> [ReportPrediction] {
    var random = Congruential(state: seed)
    return speakers.flatMap { speaker in
        (0..<classes * takes).map { number in
            let label = number % classes
            var weights = (0..<classes).map { _ in Float(0.02 + random.uniform()) }
            if random.uniform() < skill { weights[(label + (random.uniform() < 0.2 ? 1 : 0)) % classes] += 1 }
            let total = weights.reduce(0, +)
            return ReportPrediction(
                clip: "Actor_\(speaker)/0\(label)-0\(number).wav", speaker: speaker, label: label,
                probabilities: weights.map { $0 / total })
        }
    }
}

/// Losses that fall quickly at first; the validation loss turns upwards in the end.
private func history(epochs: Int, pace: Double, seed: UInt64) -> [ReportEpoch] {
    var random = Congruential(state: seed)
    return (1...epochs).map { epoch in
        let fall = 1 / (1 + pace * Double(epoch - 1))
        let rise = 0.004 * Double(epoch * epoch)
        return ReportEpoch(
            epoch: epoch, learningRate: 1e-4 * (1 - Double(epoch - 1) / Double(epochs)), trainLoss: 2.08 * fall,
            trainAccuracy: 1 - 0.85 * fall, validationLoss: 2.05 * fall + rise + 0.1 * random.uniform(),
            validationAccuracy: 0.9 - 0.75 * fall - rise + 0.03 * random.uniform())
    }
}

/// A linear congruential generator (Knuth's MMIX constants): golden files need the same numbers for ever.
private struct Congruential {
    var state: UInt64

    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
    }
}
