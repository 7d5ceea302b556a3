import Evaluation
import Reports

/// The reports whose files are checked in under `Tests/Fixtures/reports`, by the name of their folder.
enum ReportCase: String, CaseIterable {
    /// Three folds of unseen speakers, two seeds, stamps and published figures.
    case speakerIndependent = "speaker-independent"
    /// One random split, names that every format must escape, and a clip left out.
    case speakerDependent = "speaker-dependent"
    /// Layers, a weighted sum, a random and a fair split, two seeds, a choice on validation clips and a control.
    case sweep

    var report: Report {
        switch self {
        case .speakerIndependent: speakerIndependentReport
        case .speakerDependent: speakerDependentReport
        case .sweep: sweepReport
        }
    }

    var cells: [CellCase] {
        switch self {
        case .speakerIndependent: speakerIndependentCells
        case .speakerDependent: speakerDependentCells
        case .sweep: sweepCells
        }
    }
}

private let emotions = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprised"]

private var threeFold: ReportSplit {
    ReportSplit(
        name: "three-fold", summary: "Three folds: each tests on two speakers and trains on none of them.",
        digest: "0123456789abcdef0123456789abcdef", isSpeakerIndependent: true)
}

private var speakerIndependentCells: [CellCase] {
    [UInt64(0), 1].map { seed in
        CellCase(
            cell: ReportCell(
                id: "a\(seed + 1)", split: threeFold, classes: emotions, layer: "12", layers: [12], isSingleLayer: true,
                head: "256, dropout 0.3", seed: seed, axes: [ReportAxis(name: "seed", value: "\(seed)")]),
            folds: (0..<3).map { fold in
                ReportFold(
                    name: "fold-\(fold + 1)", bestEpoch: 5 + fold + Int(seed),
                    predictions: predictions(
                        speakers: ["0\(2 * fold + 1)", "0\(2 * fold + 2)"], classes: 8, takes: 2, skill: 0.85,
                        seed: UInt64(fold) + 10 * seed),
                    history: history(epochs: 8 + fold, pace: 0.3 + 0.05 * Double(fold), seed: UInt64(fold) + 10 * seed))
            })
    }
}

private var speakerIndependentReport: Report {
    Report(
        title: "three-speakers-cv",
        question: "How well does a small head on frozen embeddings do\non speakers it has never heard?",
        stamps: [
            "The speech is synthetic and the encoder untrained: the figures show that the pipeline works, nothing else."
        ],
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

private var speakerDependentCells: [CellCase] {
    let split = ReportSplit(
        name: "random-stratified", summary: "One random split stratified by label; speakers are on both sides.",
        digest: "fedcba9876543210fedcba9876543210", isSpeakerIndependent: false)
    let cell = ReportCell(
        id: "split/1", split: split, isTransductive: true,
        classes: ["=joy, \"loud\"", "sadness & disappointment", "<fear>|_mixed_"], labels: "calm as <fear>|_mixed_",
        layer: "average of 0, 6, 12", head: "linear", seed: .max)
    let fold = ReportFold(
        name: "split", bestEpoch: 1,
        predictions: predictions(speakers: ["=cmd", "o'neill"], classes: 3, takes: 3, skill: 0.6, seed: 3),
        history: [ReportEpoch(epoch: 1, learningRate: 1e-4, trainLoss: 1.0986, trainAccuracy: 1 / 3.0)])
    return [CellCase(cell: cell, folds: [fold])]
}

private var speakerDependentReport: Report {
    Report(
        title: "names_to *escape* | <here>", question: "",
        excluded: [ExcludedClip(clip: "bad|name.wav", reason: "the file is empty\n(0 bytes)")],
        bootstrap: SpeakerBootstrap(draws: 100, seed: 1))
}

/// How well each layer hears, and the weighted sum.
private let layerSkills: [(layer: String, skill: Double)] = [
    ("0", 0.3), ("1", 0.5), ("2", 0.75), ("3", 0.6), ("weighted sum of all", 0.8),
]

private var sweepCells: [CellCase] {
    let random = ReportSplit(
        name: "random-kfold", summary: "3 folds; speakers are on both sides.",
        digest: "fedcba9876543210fedcba9876543210", isSpeakerIndependent: false)
    let points = [(threeFold, 0.0), (random, 0.15)].flatMap { split, bonus in
        layerSkills.flatMap { layer, skill in
            [UInt64(0), 1].map { sweepCell(split, layer: layer, skill: skill + bonus, seed: $0) }
        }
    }
    return points + [sweepControl]
}

private func sweepCell(_ split: ReportSplit, layer: String, skill: Double, seed: UInt64) -> CellCase {
    let number = UInt64(layerSkills.firstIndex { $0.layer == layer } ?? 0)
    let folds = (0..<3).map { fold in
        ReportFold(
            name: "fold-\(fold + 1)", bestEpoch: 4,
            predictions: predictions(
                speakers: ["0\(2 * fold + 1)", "0\(2 * fold + 2)"], classes: 4, takes: 3, skill: skill,
                seed: 100 * number + 10 * seed + UInt64(fold)),
            validation: validation(skill: skill, seed: 7 * number + 3 * seed + UInt64(fold)),
            history: history(epochs: 5, pace: skill, seed: number + UInt64(fold)),
            layerWeights: layer.hasPrefix("weighted") ? [0.2, 0.2, 0.35, 0.25] : [])
    }
    let cell = ReportCell(
        id: "\(split.name.prefix(1))\(number)s\(seed)", split: split, classes: Array(emotions.prefix(4)), layer: layer,
        layers: Int(layer).map { [$0] } ?? [0, 1, 2, 3], isSingleLayer: Int(layer) != nil, head: "MLP 256, dropout 0.3",
        seed: seed,
        axes: [
            ReportAxis(name: "layer", value: layer), ReportAxis(name: "protocol", value: split.name),
            ReportAxis(name: "seed", value: "\(seed)"),
        ])
    return CellCase(cell: cell, folds: folds)
}

private func validation(skill: Double, seed: UInt64) -> ConfusionMatrix {
    let answers = predictions(speakers: ["v"], classes: 4, takes: 4, skill: skill, seed: seed)
    return ConfusionMatrix(labels: answers.map(\.label), predictions: answers.map(\.predicted), classes: 4)
}

private var sweepControl: CellCase {
    let cell = ReportCell(
        id: "majority-01234567", split: threeFold, classes: Array(emotions.prefix(4)), layer: "–",
        head: "majority class", seed: 0, isControl: true)
    let folds = (0..<3).map { fold in
        let answers = predictions(
            speakers: ["0\(2 * fold + 1)", "0\(2 * fold + 2)"], classes: 4, takes: 3, skill: 0, seed: UInt64(fold))
        return ReportFold(
            name: "fold-\(fold + 1)", bestEpoch: nil,
            predictions: answers.map { answer in
                var answer = answer
                answer.probabilities = [0, 1, 0, 0]
                return answer
            }, history: [])
    }
    return CellCase(cell: cell, folds: folds)
}

private var sweepReport: Report {
    Report(
        title: "layer-sweep", question: "Which layer knows most?", bootstrap: SpeakerBootstrap(draws: 500, seed: 0),
        selection: SelectionRequest(criterion: .uaValidation, axes: ["layer"]), comparison: .first, picturedCells: 2)
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
